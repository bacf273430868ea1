package dev.skein.models.wire;

import dev.skein.json.Json;
import dev.skein.json.JsonWriter;

/**
 * How a provider is told what shape the answer must have. Made once for each schema.
 *
 * @param field the value of the provider's own field in UTF-8; empty if the schema cannot be said
 *     in it
 * @param enveloped whether the answer comes as {@code {"value": …}}
 * @param instruction what to tell the model instead; empty if there is a field
 */
@SuppressWarnings("ArrayRecordComponent") // written, never compared
public record OutputFormat(byte[] field, boolean enveloped, String instruction) {
    /** Where free text is wanted. */
    public static final OutputFormat NONE = new OutputFormat(new byte[0], false, "");

    /** Writes the value of the field. */
    public interface Shape {
        /** Writes it for this schema, whole. */
        void write(JsonWriter out, Json schema);
    }

    /** In the provider's field. */
    public static OutputFormat field(Json schema, boolean enveloped, Shape shape) {
        var out = new JsonWriter();
        shape.write(out, schema);
        return new OutputFormat(out.toBytes(), enveloped, "");
    }

    /** In words. */
    public static OutputFormat words(Json schema) {
        return new OutputFormat(
                new byte[0],
                false,
                "Answer with one JSON value and nothing else. It must fit this JSON Schema:\n"
                        + schema.canonical());
    }

    /** Whether the provider has a field for it. */
    public boolean hasField() {
        return field.length > 0;
    }
}
