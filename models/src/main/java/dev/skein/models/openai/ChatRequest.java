package dev.skein.models.openai;

import dev.skein.json.JsonWriter;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelSettings;
import dev.skein.model.Part;
import dev.skein.model.ProviderTool;
import dev.skein.models.wire.Arguments;
import dev.skein.models.wire.Habit;
import dev.skein.models.wire.OutputFormat;
import dev.skein.models.wire.Thinking;
import dev.skein.models.wire.ToolBytes;
import dev.skein.models.wire.ToolInput;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import dev.skein.tool.ToolSpec;
import java.util.List;
import java.util.Set;

/** Writes requests, straight into bytes. */
final class ChatRequest {
    private final String model;
    private final String maxTokens;
    private final Flavor flavor;
    private final boolean actsWithoutReasoning;
    private final ToolBytes tools = new ToolBytes(ChatRequest::tool);

    ChatRequest(String model, String maxTokens, Flavor flavor, Set<Habit> habits) {
        this.model = model;
        this.maxTokens = maxTokens;
        this.flavor = flavor;
        this.actsWithoutReasoning = habits.contains(Habit.ACTS_WITHOUT_REASONING);
    }

    byte[] bytes(ModelCall call, OutputFormat format, boolean streamed) {
        var out = new JsonWriter(2048).object().field("model", model);
        messages(out, call.messages(), format.instruction());
        tools.write(out, call.tools());
        if (call.providerTools().contains(ProviderTool.WEB_SEARCH))
            out.name("web_search_options").object().endObject();
        if (format.hasField()) out.name("response_format").raw(format.field());
        settings(out, call.settings());
        if (actsWithoutReasoning && !call.tools().isEmpty() && call.settings().reasoning() == null)
            out.field("reasoning_effort", "none");
        if (streamed) {
            out.field("stream", true);
            out.name("stream_options").object().field("include_usage", true).endObject();
        }
        return out.endObject().toBytes();
    }

    private static void messages(JsonWriter out, List<Message> messages, String instruction) {
        out.name("messages").array();
        if (!instruction.isEmpty()) message(out, "system", instruction);
        for (var message : messages) {
            switch (message) {
                case Message.System(var text, _) -> message(out, "system", text);
                case Message.User(var parts, _) -> user(out, parts);
                case Message.Assistant assistant -> assistant(out, assistant);
                case Message.Results(var results, _) ->
                        results.forEach(result -> result(out, result));
            }
        }
        out.endArray();
    }

    private static void message(JsonWriter out, String role, String text) {
        out.object().field("role", role).field("content", text).endObject();
    }

    private static void user(JsonWriter out, List<Part> parts) {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(var only)) {
            message(out, "user", only);
            return;
        }
        out.object().field("role", "user").name("content").array();
        for (var part : parts) {
            if (part instanceof Part.Text(var text))
                out.object().field("type", "text").field("text", text).endObject();
        }
        out.endArray().endObject();
    }

    /** What the model thought is not sent back: this wire has no place for it. */
    private static void assistant(JsonWriter out, Message.Assistant message) {
        out.object().field("role", "assistant").name("content");
        var text = message.text();
        if (text.isEmpty() && !message.calls().isEmpty()) out.nothing();
        else out.value(text);
        if (!message.calls().isEmpty()) {
            out.name("tool_calls").array();
            for (var call : message.calls()) call(out, call);
            out.endArray();
        }
        out.endObject();
    }

    private static void call(JsonWriter out, ToolCall call) {
        out.object().field("id", call.id()).field("type", "function");
        out.name("function")
                .object()
                .field("name", call.name())
                .field("arguments", Arguments.text(call.arguments()));
        out.endObject().endObject();
    }

    private static void result(JsonWriter out, ToolResult result) {
        out.object()
                .field("role", "tool")
                .field("tool_call_id", result.callId())
                .field("content", result.text())
                .endObject();
    }

    private static void tool(JsonWriter out, ToolSpec tool) {
        out.object().field("type", "function").name("function").object();
        out.field("name", tool.name())
                .field("description", tool.description())
                .field("parameters", ToolInput.schema(tool));
        out.endObject().endObject();
    }

    private void settings(JsonWriter out, ModelSettings settings) {
        if (settings.maxTokens() != null) out.field(maxTokens, settings.maxTokens());
        if (settings.temperature() != null) out.field("temperature", settings.temperature());
        if (settings.topP() != null) out.field("top_p", settings.topP());
        if (settings.seed() != null) out.field("seed", settings.seed());
        if (settings.reasoning() != null) reasoning(out, settings.reasoning());
        if (!settings.stop().isEmpty()) {
            out.name("stop").array();
            settings.stop().forEach(out::value);
            out.endArray();
        }
        settings.extra().forEach(out::field);
    }

    private void reasoning(JsonWriter out, String reasoning) {
        if (flavor != Flavor.OPENROUTER) {
            out.field("reasoning_effort", Thinking.word(reasoning));
            return;
        }
        out.name("reasoning").object();
        if (Thinking.isNumber(reasoning)) out.field("max_tokens", Thinking.tokens(reasoning));
        else out.field("effort", reasoning);
        out.endObject();
    }
}
