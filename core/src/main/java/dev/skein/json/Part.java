package dev.skein.json;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A component of a record, or a parameter of a method. */
record Part(String name, Codec codec, Presence presence, String description) {
    enum Presence {
        REQUIRED,
        OPTIONAL,
        NULLABLE
    }

    boolean required() {
        return presence == Presence.REQUIRED;
    }

    /** The JSON of its value, or null if it is left out. */
    @Nullable Json encode(@Nullable Object value) {
        var inner =
                value instanceof Optional<?> optional && presence == Presence.OPTIONAL
                        ? optional.orElse(null)
                        : value;
        if (inner == null && (value == null ? presence != Presence.NULLABLE : required()))
            throw new Unencodable(codec.expected(), "null").inside(name);
        try {
            return inner == null ? null : codec.encode(inner);
        } catch (Unencodable deeper) {
            throw deeper.inside(name);
        }
    }

    /** Its value from what is there, if anything is. */
    @Nullable Object decode(@Nullable Json json, Decoding at) {
        if (json == null && required()) {
            at.missing(name, codec.expected());
            return null;
        }
        if (json == null || (json.isNull() && !required())) return absent();
        at.enter(name);
        var value = codec.decode(json, at);
        at.leave();
        return presence == Presence.OPTIONAL ? Optional.ofNullable(value) : value;
    }

    Json.Obj schema(SchemaText text) {
        var schema = text.nested(codec);
        return description.isEmpty() ? schema : schema.with("description", description);
    }

    private @Nullable Object absent() {
        return presence == Presence.OPTIONAL ? Optional.empty() : null;
    }
}
