package dev.skein.models.bedrock;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.json.JsonWriter;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelSettings;
import dev.skein.models.wire.OutputFormat;
import dev.skein.models.wire.Thinking;
import dev.skein.models.wire.ToolBytes;
import dev.skein.models.wire.ToolInput;
import dev.skein.models.wire.Turns;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes requests, straight into bytes. */
final class ConverseRequest {
    private static final int TOKENS_BESIDE_THOUGHTS = 1_024;
    private static final int FEWEST_THOUGHTS = 1_024;

    private final String model;
    private final boolean thinks;
    private final ToolBytes tools = new ToolBytes(ConverseRequest::tool);

    /** Only of one family of models it is known how they are told to think. */
    ConverseRequest(String model, boolean thinks) {
        this.model = model;
        this.thinks = thinks;
    }

    byte[] bytes(ModelCall call, OutputFormat format) {
        var settings = call.settings();
        if (settings.seed() != null) throw refused("it takes no seed");
        int thoughts = thoughts(settings);
        var out = new JsonWriter(2048).object();
        system(out, call.messages(), format.instruction());
        out.name("messages").array();
        for (var turn : Turns.of(call.messages())) new ConverseTurn(out).write(turn);
        out.endArray();
        settings(out, settings, thoughts);
        tools(out, call);
        if (format.hasField()) out.name("outputConfig").raw(format.field());
        own(out, settings, thoughts);
        return out.endObject().toBytes();
    }

    private int thoughts(ModelSettings settings) {
        if (settings.reasoning() == null) return 0;
        if (!thinks) throw refused("how much it thinks cannot be set");
        return Math.max(FEWEST_THOUGHTS, Thinking.tokens(settings.reasoning()));
    }

    private SkeinException refused(String why) {
        return new SkeinException(new ModelFailure.BadRequest(Bedrock.NAME + ":" + model, why));
    }

    private static void system(JsonWriter out, List<Message> messages, String instruction) {
        var texts = new ArrayList<String>();
        for (var message : messages)
            if (message instanceof Message.System(var text, _) && !text.isBlank()) texts.add(text);
        if (!instruction.isEmpty()) texts.add(instruction);
        if (texts.isEmpty()) return;
        out.name("system").array();
        for (var text : texts) out.object().field("text", text).endObject();
        out.endArray();
    }

    /** What is thought counts as output, so the limit has to have room for both. */
    private static void settings(JsonWriter out, ModelSettings settings, int thoughts) {
        out.name("inferenceConfig").object();
        if (settings.maxTokens() != null)
            out.field("maxTokens", (long) settings.maxTokens() + thoughts);
        else if (thoughts > 0) out.field("maxTokens", (long) TOKENS_BESIDE_THOUGHTS + thoughts);
        if (settings.temperature() != null) out.field("temperature", settings.temperature());
        if (settings.topP() != null) out.field("topP", settings.topP());
        if (!settings.stop().isEmpty()) {
            out.name("stopSequences").array();
            settings.stop().forEach(out::value);
            out.endArray();
        }
        out.endObject();
    }

    /** A conversation with calls is only taken with tools, whether they may be called or not. */
    private void tools(JsonWriter out, ModelCall call) {
        var called = called(call.messages());
        if (call.tools().isEmpty() && called.isEmpty()) return;
        out.name("toolConfig").object();
        tools.write(out, call.tools());
        if (call.tools().isEmpty()) {
            out.name("tools").array();
            for (var name : called) tool(out, name, "Not at hand.", Json.object("type", "object"));
            out.endArray();
        }
        out.endObject();
    }

    /** The names of all tools that have been called, each once. */
    private static List<String> called(List<Message> messages) {
        return messages.stream()
                .flatMap(message ->
                        message instanceof Message.Assistant assistant
                                ? assistant.calls().stream()
                                : Stream.empty())
                .map(ToolCall::name)
                .distinct()
                .toList();
    }

    private static void tool(JsonWriter out, ToolSpec tool) {
        tool(out, tool.name(), tool.description(), ToolInput.schema(tool));
    }

    private static void tool(JsonWriter out, String name, String description, Json schema) {
        out.object().name("toolSpec").object();
        out.field("name", name).field("description", description);
        out.name("inputSchema").object().field("json", schema).endObject();
        out.endObject().endObject();
    }

    private static void own(JsonWriter out, ModelSettings settings, int thoughts) {
        if (thoughts == 0 && settings.extra().isEmpty()) return;
        out.name("additionalModelRequestFields").object();
        if (thoughts > 0)
            out.name("thinking")
                    .object()
                    .field("type", "enabled")
                    .field("budget_tokens", thoughts)
                    .endObject();
        settings.extra().forEach(out::field);
        out.endObject();
    }
}
