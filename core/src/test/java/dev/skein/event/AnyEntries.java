package dev.skein.event;

import dev.skein.failure.Failure;
import dev.skein.failure.Missing;
import dev.skein.failure.RunFailure;
import dev.skein.json.FailureJson;
import dev.skein.json.Json;
import dev.skein.model.Cost;
import dev.skein.model.Money;
import dev.skein.name.Namespace;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries of every kind with whatever their fields can hold. */
final class AnyEntries {
    private final RandomGenerator random;

    AnyEntries(RandomGenerator random) {
        this.random = random;
    }

    static List<Class<?>> kinds() {
        return kinds(Event.class).toList();
    }

    private static Stream<Class<?>> kinds(Class<?> group) {
        return Arrays.stream(group.getPermittedSubclasses())
                .flatMap(kind -> kind.isInterface() ? kinds(kind) : Stream.of(kind));
    }

    Entry entry(Class<?> kind) {
        var origin =
                new Origin(
                        text(),
                        text(),
                        random.nextBoolean() ? null : text(),
                        text(),
                        Namespace.of("tenant", "a:b/" + random.nextInt(100), "..é"),
                        text(),
                        new Trace("4b".repeat(16), "0f".repeat(8)));
        return new Entry(
                random.nextLong(Long.MAX_VALUE),
                random.nextLong(Long.MAX_VALUE),
                origin,
                instant(),
                (Event) record(kind));
    }

    private Object record(Class<?> type) {
        try {
            var components = type.getRecordComponents();
            var values = new @Nullable Object[components.length];
            for (int i = 0; i < values.length; i++) values[i] = value(components[i]);
            var types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.getName(), e);
        }
    }

    private @Nullable Object value(RecordComponent component) {
        boolean nullable = isNullable(component.getAnnotatedType());
        return nullable && random.nextBoolean() ? null : value(component.getGenericType());
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType many && many.getRawType() == Map.class)
            return Map.of(text(), value(many.getActualTypeArguments()[1]));
        if (type instanceof ParameterizedType many) {
            var items = new ArrayList<Object>();
            for (int i = random.nextInt(3); i > 0; i--)
                items.add(value(many.getActualTypeArguments()[0]));
            return many.getRawType() == Set.class ? new HashSet<>(items) : items;
        }
        var raw = (Class<?>) type;
        if (raw == String.class) return text();
        if (raw == long.class) return random.nextLong();
        if (raw == int.class || raw == Integer.class) return random.nextInt();
        if (raw == boolean.class) return random.nextBoolean();
        if (raw == Duration.class) return Duration.ofNanos(random.nextLong());
        if (raw == Instant.class) return instant();
        if (raw == Json.class) return json(3);
        if (raw == Failure.class) return failure(2);
        if (raw == Cost.class) return cost();
        if (raw.isEnum())
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        return record(raw);
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(-1L << 36, 1L << 36), random.nextInt(1 << 29));
    }

    /** From all planes, halves of surrogate pairs included. */
    String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(128));
                case 1 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
                case 2 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                default -> text.append("event_type \\\" \n");
            }
        }
        return text.toString();
    }

    private Json json(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> Json.nothing();
            case 1 -> Json.of(random.nextBoolean());
            case 2 -> Json.of(new BigDecimal(random.nextLong()).scaleByPowerOfTen(-7));
            case 3 -> Json.of(text());
            case 4 -> Json.array(List.of(json(depth - 1), json(depth - 1)));
            default -> Json.object("type", json(depth - 1), "seq", json(depth - 1));
        };
    }

    private Failure failure(int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 4)) {
            case 0 -> new RunFailure.Threw(text(), text(), text(), text());
            case 1 -> new Missing.Endpoint(text(), text(), List.of(text(), text()));
            case 2 -> unrecognized();
            default -> new RunFailure.Linked(text(), failure(depth - 1));
        };
    }

    private static Failure unrecognized() {
        var json = Json.object("code", "new.kind", "message", "New.", "remedy", "Upgrade.");
        return FailureJson.decode(json.with("retryable", true).with("data", Json.object("a", 1)));
    }

    private Cost cost() {
        var money = new Money(random.nextLong(Long.MAX_VALUE), "EUR");
        return random.nextBoolean()
                ? new Cost.Known(money)
                : new Cost.AtLeast(money, Set.of("a:" + random.nextInt(), "b:é"));
    }
}
