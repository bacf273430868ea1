package dev.skein.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps from text. */
record MapCodec(Codec element) implements Codec {
    @Override
    public String expected() {
        return "object";
    }

    @Override
    public Json encode(Object value) {
        var fields = new LinkedHashMap<String, Json>();
        for (var entry : ((Map<?, ?>) value).entrySet()) {
            if (!(entry.getKey() instanceof String key))
                throw new Unencodable("text as key", String.valueOf(entry.getKey()));
            fields.put(key, encodeEntry(key, entry.getValue()));
        }
        return new Json.Obj(fields);
    }

    private Json encodeEntry(String key, @Nullable Object value) {
        try {
            if (value == null) throw new Unencodable(element.expected(), "null");
            return element.encode(value);
        } catch (Unencodable inner) {
            throw inner.inside(key);
        }
    }

    @Override
    public @Nullable Object decode(Json json, Decoding at) {
        if (!(json instanceof Json.Obj(var fields))) {
            at.mismatch(expected(), json);
            return null;
        }
        int before = at.refused();
        var values = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(fields.size());
        fields.forEach((key, value) -> {
            at.enter(key);
            values.put(key, element.decode(value, at));
            at.leave();
        });
        return at.refused() == before ? Collections.unmodifiableMap(values) : null;
    }

    @Override
    public Json.Obj schema(SchemaText text) {
        return Json.object("type", "object", "additionalProperties", text.nested(element));
    }
}
