package dev.skein.runtime;

import dev.skein.event.Event;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a program emits into its event, or says which value of it cannot be one. */
final class Emission {
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");
    private static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 64;

    private final String type;
    private final IdentityHashMap<Object, Boolean> above = new IdentityHashMap<>();

    private Emission(String type) {
        this.type = type;
    }

    static Event.Emitted of(String type, @Nullable Object data) {
        if (!TYPE.matcher(type).matches() || type.startsWith("skein"))
            throw refused(
                    type,
                    "the type is 1 to 64 characters [a-z][a-z0-9_.-]*, not beginning with skein");
        var json = json(type, data);
        if (json.toBytes().length > MOST_BYTES)
            throw refused(type, "the data is " + json.toBytes().length + " bytes; 1 MiB may be");
        return new Event.Emitted(type, json);
    }

    /**
     * The JSON of any value.
     *
     * @throws SkeinException with {@code invalid.event} and the path of what has none
     */
    static Json json(String what, @Nullable Object value) {
        return new Emission(what).encoded("$", value);
    }

    private Json encoded(String path, @Nullable Object value) {
        return switch (value) {
            case null -> Json.nothing();
            case Json json -> json;
            case Optional<?> optional -> encoded(path, optional.orElse(null));
            case Map<?, ?> map -> nested(path, map, () -> map(path, map));
            case Iterable<?> items -> nested(path, items, () -> list(path, items));
            default -> single(path, value);
        };
    }

    private interface Part {
        Json encode();
    }

    private Json nested(String path, Object value, Part part) {
        if (above.put(value, true) != null || above.size() > DEEPEST)
            throw refused(type, path + " contains itself");
        try {
            return part.encode();
        } finally {
            above.remove(value);
        }
    }

    private Json map(String path, Map<?, ?> map) {
        var fields = new LinkedHashMap<String, Json>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name))
                throw refused(type, path + " has a key that is no text: " + key);
            fields.put(name, encoded(path + "." + name, value));
        });
        return new Json.Obj(fields);
    }

    private Json list(String path, Iterable<?> items) {
        var encoded = new ArrayList<Json>();
        for (var item : items) encoded.add(encoded(path + "[" + encoded.size() + "]", item));
        return new Json.Arr(encoded);
    }

    private Json single(String path, Object value) {
        try {
            return JsonType.encodeAny(value);
        } catch (SkeinException e) {
            throw refused(type, path + where(e.failure()));
        } catch (StackOverflowError e) {
            throw refused(type, path + " contains itself");
        }
    }

    private static String where(Failure failure) {
        return switch (failure) {
            case Invalid.Input(_, var problems) ->
                    problems.getFirst().pointer().replace('/', '.')
                            + ": expected "
                            + problems.getFirst().expected()
                            + ", found "
                            + problems.getFirst().found();
            case Invalid.Type(var at, var problem, _) -> " is " + at + ", " + problem;
            default -> ": " + failure.message();
        };
    }

    private static SkeinException refused(String type, String problem) {
        return new SkeinException(new Invalid.Event(type, problem));
    }
}
