package dev.skein.models.langchain;

import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.models.wire.Envelope;
import dev.skein.models.wire.Lowering;
import dev.skein.models.wire.OutputFormat;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a provider is told what shape the answer must have: in its field, or in words.
 *
 * @param enveloped whether the answer comes as {@code {"value": …}}
 * @param instruction empty if there is a field
 */
record Shape(@Nullable ResponseFormat format, boolean enveloped, String instruction) {
    static final Shape NONE = new Shape(null, false, "");

    /** In words only. */
    static Function<JsonType<?>, Shape> words() {
        return output -> new Shape(null, false, OutputFormat.words(output.schema()).instruction());
    }

    /** The schema as it is. */
    static Function<JsonType<?>, Shape> whole() {
        return output -> field(output.schema(), false);
    }

    /** The schema as it is, in an envelope if it is not that of an object. */
    static Function<JsonType<?>, Shape> object() {
        return output -> {
            boolean enveloped = Envelope.isNeeded(output.schema());
            return field(enveloped ? Envelope.schema(output.schema()) : output.schema(), enveloped);
        };
    }

    /** The schema as the provider takes it, or in words if it takes no such thing. */
    static Function<JsonType<?>, Shape> lowered(Lowering lowering, boolean objectsOnly) {
        return output -> {
            boolean enveloped = objectsOnly && Envelope.isNeeded(output.schema());
            Optional<Json> low =
                    lowering.of(enveloped ? Envelope.schema(output.schema()) : output.schema());
            return low.map(schema -> field(schema, enveloped))
                    .orElseGet(() -> words().apply(output));
        };
    }

    private static Shape field(Json schema, boolean enveloped) {
        var json =
                JsonSchema.builder()
                        .name("answer")
                        .rootElement(JsonRawSchema.from(schema.canonical()))
                        .build();
        var format =
                ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(json).build();
        return new Shape(format, enveloped, "");
    }
}
