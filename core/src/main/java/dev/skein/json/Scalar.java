package dev.skein.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that is one text, number or truth value in JSON.
 *
 * @param precisely what is expected, said to one who sent the right kind of value but not a fitting
 *     one
 * @param decode null for what does not fit; may throw what the parsers of Java throw
 */
record Scalar(
        String expected,
        String precisely,
        Json.Obj schema,
        Function<Object, Json> encode,
        Function<Json, @Nullable Object> decode)
        implements Codec {
    Scalar(
            String expected,
            Json.Obj schema,
            Function<Object, Json> encode,
            Function<Json, @Nullable Object> decode) {
        this(expected, expected, schema, encode, decode);
    }

    @Override
    public Json encode(Object value) {
        return encode.apply(value);
    }

    @Override
    public @Nullable Object decode(Json json, Decoding at) {
        var value = attempt(json);
        if (value == null) refuse(json, at);
        return value;
    }

    @Override
    public Json.Obj schema(SchemaText text) {
        return schema;
    }

    private @Nullable Object attempt(Json json) {
        try {
            return decode.apply(json);
        } catch (RuntimeException unreadable) {
            // Parsers of dates, numbers, addresses and Base64 have no way to ask first; the
            // violation says what fails.
            return null;
        }
    }

    private void refuse(Json json, Decoding at) {
        boolean rightKind =
                Decoding.kind(json)
                        .equals(
                                schema.get("type")
                                        .text()
                                        .replace("string", "text")
                                        .replace("integer", "number"));
        if (rightKind) at.violation(precisely, Decoding.shown(json));
        else at.mismatch(expected, json);
    }
}
