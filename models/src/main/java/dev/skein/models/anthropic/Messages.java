package dev.skein.models.anthropic;

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
import dev.skein.models.wire.Habit;
import dev.skein.models.wire.Lowering;
import dev.skein.models.wire.OutputFormat;
import dev.skein.models.wire.Site;
import dev.skein.models.wire.Target;
import dev.skein.models.wire.Wire;
import dev.skein.models.wire.WireModel;
import java.util.Map;
import java.util.Set;

/** The wire of {@code /v1/messages}. */
record Messages(MessagesRequest request, boolean schemas) implements Wire {
    private static final String PATH = "/v1/messages";
    private static final String VERSION = "2023-06-01";

    /** Permits to say what is to be done with thoughts whose conversation has changed. */
    private static final String BINDING = "thinking-binding-controls-2026-08-01";

    static ChatModel model(String provider, String model, Site site, ProviderContext context) {
        var catalogue = Catalogue.of(context);
        var info = catalogue.info(provider, model).withProviderTools(ServerTools.offered());
        var faults = new Faults(provider, info.id(), site.key(), context.time());
        var habits = catalogue.habits(provider, model);
        var request = new MessagesRequest(model, habits);
        var wire = new Messages(request, info.can(ModelInfo.Feature.SCHEMA));
        var headers = site.headers("x-api-key", "", versions(habits));
        var target = new Target.Fixed(site.at(PATH), headers, faults);
        return new WireModel(info, target, wire, context);
    }

    private static Map<String, String> versions(Set<Habit> habits) {
        return habits.contains(Habit.BINDS_THOUGHTS)
                ? Map.of("anthropic-version", VERSION, "anthropic-beta", BINDING)
                : Map.of("anthropic-version", VERSION);
    }

    @Override
    public OutputFormat format(JsonType<?> output) {
        if (!schemas) return OutputFormat.words(output.schema());
        boolean enveloped = Envelope.isNeeded(output.schema());
        var schema = enveloped ? Envelope.schema(output.schema()) : output.schema();
        return Lowering.ANTHROPIC
                .of(schema)
                .map(low -> OutputFormat.field(low, enveloped, Messages::write))
                .orElseGet(() -> OutputFormat.words(output.schema()));
    }

    private static void write(JsonWriter out, Json schema) {
        out.object().field("type", "json_schema").field("schema", schema).endObject();
    }

    @Override
    public byte[] request(ModelCall call, OutputFormat format, boolean streamed) {
        return request.bytes(call, format, streamed);
    }

    @Override
    public Reading reading(Asking asking, Gathering gathering) {
        return new MessagesReply(asking, gathering);
    }
}
