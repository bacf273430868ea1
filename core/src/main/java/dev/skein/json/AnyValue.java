package dev.skein.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Encodes by the class that a value turns out to have. */
final class AnyValue {
    private AnyValue() {}

    static Json encode(@Nullable Object value) {
        return switch (value) {
            case null -> Json.nothing();
            case Json json -> json;
            case String text -> new Json.Text(text);
            case Optional<?> optional -> encode(optional.orElse(null));
            case Iterable<?> items -> list(items);
            case Map<?, ?> map -> map(map);
            case Enum<?> constant -> typed(constant.getDeclaringClass(), constant);
            default -> typed(value.getClass(), value);
        };
    }

    private static Json list(Iterable<?> items) {
        var encoded = new ArrayList<Json>();
        for (var item : items) encoded.add(encode(item));
        return new Json.Arr(encoded);
    }

    private static Json map(Map<?, ?> map) {
        var encoded = new LinkedHashMap<String, Json>();
        map.forEach((key, value) -> {
            if (!(key instanceof String text))
                throw Applied.refused(
                        map.getClass().getSimpleName() + "{}", "a map whose keys are no text");
            encoded.put(text, encode(value));
        });
        return new Json.Obj(encoded);
    }

    private static <T> Json typed(Class<? extends T> type, T value) {
        return CodecType.of(type).encodeUnchecked(value);
    }
}
