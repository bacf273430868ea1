package dev.skein.json;

import org.jspecify.annotations.Nullable;

/**
 * The way between the values of one type and JSON, made once and used for every value. Immutable
 * when it is in use.
 */
interface Codec {
    /** What belongs here, in a word: {@code integer}, {@code object}. */
    String expected();

    /** The JSON of a value of the type. */
    Json encode(Object value);

    /**
     * The value, or null with a violation noted if there is none; a codec of optional values gives
     * no null.
     */
    @Nullable Object decode(Json json, Decoding at);

    /** The schema, as it stands in a larger one. */
    Json.Obj schema(SchemaText text);
}
