package dev.skein.json;

import dev.skein.failure.Failure;
import dev.skein.failure.Unrecognized;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one kind of failure: the components of its record but for the failure behind it,
 * which travels beside them.
 */
final class FailureFacts {
    private static final ClassValue<FailureFacts> FACTS =
            new ClassValue<>() {
                @Override
                protected FailureFacts computeValue(Class<?> type) {
                    return new FailureFacts(type);
                }
            };

    private final RecordCodec codec;
    private final WithoutCause build;

    /**
     * The classes by code. Names and codes agree, {@code ModelFailure.RateLimited} is {@code
     * model.rate_limited}; a test holds it.
     */
    private static final class Codes {
        private static final Map<String, Class<?>> ALL = all();

        private static Map<String, Class<?>> all() {
            var all = new HashMap<String, Class<?>>();
            collect(Failure.class, all);
            return Map.copyOf(all);
        }

        private static void collect(Class<?> group, Map<String, Class<?>> all) {
            for (var permitted : group.getPermittedSubclasses()) {
                if (permitted.isInterface()) collect(permitted, all);
                else if (permitted != Unrecognized.class)
                    all.put(codeOf(group, permitted), permitted);
            }
        }

        private static String codeOf(Class<?> group, Class<?> type) {
            var word = type.getSimpleName().replaceAll("(?<!^)([A-Z])", "_$1");
            return (group.getSimpleName().replace("Failure", "") + "." + word)
                    .toLowerCase(Locale.ROOT);
        }
    }

    private FailureFacts(Class<?> type) {
        var name = type.getSimpleName();
        var components = type.getRecordComponents();
        var compiler = new TypeCompiler();
        var parts = new ArrayList<Part>();
        int causeAt = -1;
        for (int i = 0; i < components.length; i++) {
            if (components[i].getType() == Failure.class) causeAt = i;
            var declared =
                    new TypeCompiler.Declared(
                            components[i].getName(),
                            components[i].getAnnotatedType(),
                            components[i]);
            parts.add(
                    causeAt == i
                            ? absent(declared.name())
                            : compiler.part(declared, Map.of(), name));
        }
        build = new WithoutCause(Access.record(type, name), components.length, causeAt);
        codec = new RecordCodec(name, "", build);
        codec.setParts(parts);
    }

    private static Part absent(String name) {
        return new Part(
                name, Objects.requireNonNull(Scalars.of(Json.class)), Part.Presence.NULLABLE, "");
    }

    static FailureFacts of(Failure failure) {
        return FACTS.get(failure.getClass());
    }

    static @Nullable FailureFacts ofCode(String code) {
        var type = Codes.ALL.get(code);
        return type == null ? null : FACTS.get(type);
    }

    /** What can be said; a failure must never be lost because one of its facts cannot. */
    Json encode(Failure failure) {
        try {
            return codec.encode(failure);
        } catch (Unencodable broken) {
            return Json.object();
        }
    }

    /** The failure with these facts, or null if they do not fit. */
    @Nullable Failure decode(Json data, @Nullable Failure cause) {
        var at = new Decoding(false, data);
        var failure = (Failure) codec.decode(data, at);
        if (failure == null || at.refused() > 0) return null;
        return cause == null ? failure : build.withCause(failure, cause);
    }

    /** Puts failures together and takes them apart as if they had no cause. */
    private record WithoutCause(RecordCodec.Build whole, int components, int causeAt)
            implements RecordCodec.Build {
        @Override
        public Object make(@Nullable Object[] parts) throws Exception {
            return whole.make(parts);
        }

        @Override
        public @Nullable Object part(Object value, int index) throws Exception {
            return index == causeAt ? null : whole.part(value, index);
        }

        private Failure withCause(Failure failure, Failure cause) {
            if (causeAt < 0) return failure;
            try {
                var values = new @Nullable Object[components];
                for (int i = 0; i < components; i++)
                    values[i] = i == causeAt ? cause : whole.part(failure, i);
                return (Failure) whole.make(values);
            } catch (RuntimeException thrown) {
                throw thrown;
            } catch (Exception checked) {
                throw new IllegalStateException(checked);
            }
        }
    }
}
