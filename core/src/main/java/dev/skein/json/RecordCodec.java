package dev.skein.json;

import dev.skein.failure.SkeinException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects with named parts: records, and the parameters of a method. */
final class RecordCodec implements Codec {
    private final String name;
    private final String description;
    private final Build build;
    private List<Part> parts = List.of();
    private String[] names = {};

    /** How a value is put together and taken apart. */
    interface Build {
        Object make(@Nullable Object[] parts) throws Exception;

        @Nullable Object part(Object value, int index) throws Exception;
    }

    /** A property beside the parts that says which variant this is. */
    record Mark(String property, Json value) {
        Json.Obj schema() {
            return Json.object("type", "string", "const", value);
        }
    }

    RecordCodec(String name, String description, Build build) {
        this.name = name;
        this.description = description;
        this.build = build;
    }

    /** Set once, before first use: the parts may lead back to this codec. */
    void setParts(List<Part> parts) {
        this.parts = List.copyOf(parts);
        this.names = parts.stream().map(Part::name).toArray(String[]::new);
    }

    boolean has(String part) {
        return Arrays.asList(names).contains(part);
    }

    @Override
    public String expected() {
        return "object";
    }

    @Override
    public Json encode(Object value) {
        return encode(value, null);
    }

    Json encode(Object value, @Nullable Mark mark) {
        int extra = mark == null ? 0 : 1;
        var keys = new String[parts.size() + extra];
        var values = new Json[keys.length];
        int size = extra;
        if (mark != null) {
            keys[0] = mark.property();
            values[0] = mark.value();
        }
        for (int i = 0; i < names.length; i++) {
            var json = parts.get(i).encode(partOf(value, i));
            if (json == null) continue;
            keys[size] = names[i];
            values[size++] = json;
        }
        return new Json.Obj(new Fields(keys, values, size));
    }

    private @Nullable Object partOf(Object value, int index) {
        try {
            return build.part(value, index);
        } catch (RuntimeException thrown) {
            throw thrown;
        } catch (Exception checked) {
            throw new IllegalStateException(checked);
        }
    }

    @Override
    public @Nullable Object decode(Json json, Decoding at) {
        return decode(json, at, null);
    }

    @Nullable Object decode(Json json, Decoding at, @Nullable String markedBy) {
        if (!(json instanceof Json.Obj object)) {
            at.mismatch(expected(), json);
            return null;
        }
        int before = at.refused();
        var fields = (Fields) object.fields();
        var values = new @Nullable Object[names.length];
        int used = markedBy != null && fields.containsKey(markedBy) ? 1 : 0;
        for (int i = 0; i < names.length; i++) {
            int found = fields.find(names[i]);
            if (found >= 0) used++;
            values[i] = parts.get(i).decode(found < 0 ? null : fields.value(found), at);
        }
        if (used < fields.size()) reportUnknown(fields, at, markedBy);
        return at.refused() == before ? make(values, object, at) : null;
    }

    private void reportUnknown(Fields fields, Decoding at, @Nullable String markedBy) {
        for (var key : fields.keySet())
            if (!has(key) && !key.equals(markedBy)) at.unknown(key, List.of(names));
    }

    private @Nullable Object make(@Nullable Object[] values, Json.Obj from, Decoding at) {
        try {
            return build.make(values);
        } catch (IllegalArgumentException refused) {
            at.violation(
                    refused.getMessage() == null
                            ? "what " + name + " accepts"
                            : refused.getMessage(),
                    Decoding.shown(from));
        } catch (SkeinException refused) {
            at.violation(refused.failure().message(), Decoding.shown(from));
        } catch (Exception thrown) {
            // A constructor that trips over what a model wrote refuses it, in its own way.
            at.violation(
                    "what " + name + " accepts (it threw " + thrown + ")", Decoding.shown(from));
        }
        return null;
    }

    @Override
    public Json.Obj schema(SchemaText text) {
        return text.named(this, name, () -> schema(text, null));
    }

    Json.Obj schema(SchemaText text, @Nullable Mark mark) {
        var properties = new LinkedHashMap<String, Json>();
        if (mark != null) properties.put(mark.property(), mark.schema());
        for (var part : parts) properties.put(part.name(), part.schema(text));
        var required = properties.keySet().stream().filter(this::isRequired).toList();
        var schema = Json.object("type", "object");
        if (!description.isEmpty()) schema = schema.with("description", description);
        return schema.with("properties", properties)
                .with("required", required)
                .with("additionalProperties", false);
    }

    private boolean isRequired(String property) {
        return parts.stream().noneMatch(part -> part.name().equals(property) && !part.required());
    }
}
