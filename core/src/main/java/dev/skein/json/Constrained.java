package dev.skein.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value with bounds that its type does not have. They are checked on the JSON, as a validator of
 * the schema would.
 */
record Constrained(Codec inner, List<Bound> bounds) implements Codec {
    @Override
    public String expected() {
        return inner.expected();
    }

    @Override
    public Json encode(Object value) {
        return inner.encode(value);
    }

    @Override
    public @Nullable Object decode(Json json, Decoding at) {
        int before = at.refused();
        var value = inner.decode(json, at);
        if (at.refused() == before) for (var bound : bounds) bound.check(json, at);
        return value;
    }

    @Override
    public Json.Obj schema(SchemaText text) {
        var schema = inner.schema(text);
        for (var bound : bounds) schema = bound.addTo(schema);
        return schema;
    }
}
