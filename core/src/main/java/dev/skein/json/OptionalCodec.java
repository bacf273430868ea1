package dev.skein.json;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An optional value that is no component, such as the element of a list: null stands for the empty
 * one.
 */
record OptionalCodec(Codec element) implements Codec {
    @Override
    public String expected() {
        return element.expected() + " or null";
    }

    @Override
    public Json encode(Object value) {
        var inner = ((Optional<?>) value).orElse(null);
        return inner == null ? Json.nothing() : element.encode(inner);
    }

    @Override
    public @Nullable Object decode(Json json, Decoding at) {
        return json.isNull() ? Optional.empty() : Optional.ofNullable(element.decode(json, at));
    }

    @Override
    public Json.Obj schema(SchemaText text) {
        return Json.object("anyOf", List.of(text.nested(element), Json.object("type", "null")));
    }
}
