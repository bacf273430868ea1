package dev.skein.models.openai;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.json.JsonWriter;
import dev.skein.model.ModelCall;
import dev.skein.models.wire.Asking;
import dev.skein.models.wire.Envelope;
import dev.skein.models.wire.Gathering;
import dev.skein.models.wire.Lowering;
import dev.skein.models.wire.OutputFormat;
import dev.skein.models.wire.Wire;

/** The wire of {@code /chat/completions}. */
record ChatCompletions(ChatRequest request, boolean schemas) implements Wire {
    @Override
    public OutputFormat format(JsonType<?> output) {
        if (!schemas) return OutputFormat.words(output.schema());
        boolean enveloped = Envelope.isNeeded(output.schema());
        var schema = enveloped ? Envelope.schema(output.schema()) : output.schema();
        var strict = Lowering.OPENAI.of(schema);
        return OutputFormat.field(
                strict.orElse(schema),
                enveloped,
                (out, json) -> write(out, json, strict.isPresent()));
    }

    /** What strict mode cannot say, the provider takes for a hint. */
    private static void write(JsonWriter out, Json schema, boolean strict) {
        out.object().field("type", "json_schema").name("json_schema").object();
        out.field("name", "answer").field("strict", strict).field("schema", schema);
        out.endObject().endObject();
    }

    @Override
    public byte[] request(ModelCall call, OutputFormat format, boolean streamed) {
        return request.bytes(call, format, streamed);
    }

    @Override
    public Reading reading(Asking asking, Gathering gathering) {
        return new ChatReply(asking, gathering);
    }
}
