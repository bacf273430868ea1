package dev.skein.models.bedrock;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.json.JsonWriter;
import dev.skein.model.ChatModel;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Asking;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Envelope;
import dev.skein.models.wire.Faults;
import dev.skein.models.wire.Gathering;
import dev.skein.models.wire.Lowering;
import dev.skein.models.wire.OutputFormat;
import dev.skein.models.wire.Streaming;
import dev.skein.models.wire.Wire;
import dev.skein.models.wire.WireModel;

/** The wire of {@code converse} and {@code converse-stream}. */
record Converse(ConverseRequest request, boolean schemas, Streaming streaming, String model)
        implements Wire {
    static ChatModel model(String model, Place place, ProviderContext context) {
        var known = Catalogue.of(context).info(Bedrock.NAME, kind(model));
        var id = Bedrock.NAME + ":" + model;
        var info =
                new ModelInfo(
                        id,
                        Bedrock.NAME,
                        known.contextTokens(),
                        known.maxOutputTokens(),
                        known.features());
        var faults = new Faults(Bedrock.NAME, id, place.proof().secret(), context.time());
        var wire =
                new Converse(
                        new ConverseRequest(model, kind(model).startsWith("anthropic.")),
                        info.can(ModelInfo.Feature.SCHEMA),
                        Frames.streaming(context.limits().sizes().event(), faults),
                        model);
        return new WireModel(info, Door.of(place, model, faults), wire, context);
    }

    /** Which model it is, wherever in the world and under whose account. */
    static String kind(String model) {
        return model.substring(model.lastIndexOf('/') + 1)
                .replaceFirst("^(us|us-gov|eu|apac|jp|au|ca|global)\\.", "");
    }

    @Override
    public OutputFormat format(JsonType<?> output) {
        if (!schemas) return OutputFormat.words(output.schema());
        boolean enveloped = Envelope.isNeeded(output.schema());
        var schema = enveloped ? Envelope.schema(output.schema()) : output.schema();
        return Lowering.ANTHROPIC
                .of(schema)
                .map(low -> OutputFormat.field(low, enveloped, Converse::write))
                .orElseGet(() -> OutputFormat.words(output.schema()));
    }

    /** The schema is sent as a text. */
    private static void write(JsonWriter out, Json schema) {
        out.object().name("textFormat").object().field("type", "json_schema");
        out.name("structure").object().name("jsonSchema").object();
        out.field("name", "answer").field("schema", schema.canonical());
        out.endObject().endObject().endObject().endObject();
    }

    @Override
    public byte[] request(ModelCall call, OutputFormat format, boolean streamed) {
        return request.bytes(call, format);
    }

    @Override
    public Reading reading(Asking asking, Gathering gathering) {
        return new ConverseReply(asking, gathering, model);
    }
}
