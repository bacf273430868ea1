package dev.skein.models.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.json.JsonWriter;
import dev.skein.model.Message;
import dev.skein.model.Part;
import dev.skein.models.wire.ToolInput;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.List;
import java.util.UUID;

/** Writes one turn of a conversation: all that one side said before the other. */
record ConverseTurn(JsonWriter out) {
    /** Marks the proof of a thought that the provider keeps to itself. */
    static final String REDACTED = "redacted:";

    void write(List<Message> turn) {
        boolean assistant = turn.getFirst() instanceof Message.Assistant;
        out.object().field("role", assistant ? "assistant" : "user").name("content").array();
        for (var message : turn) {
            switch (message) {
                case Message.User user -> text(user.text());
                case Message.Assistant(var parts, var calls, _, _) -> {
                    parts.forEach(this::part);
                    calls.forEach(this::call);
                }
                case Message.Results(var results, _) -> results.forEach(this::result);
                case Message.System _ -> {} // these stand elsewhere
            }
        }
        out.endArray().endObject();
    }

    /** Thoughts go back to the provider that had them, and only with its proof. */
    private void part(Part part) {
        switch (part) {
            case Part.Text(var text) -> text(text);
            case Part.Reasoning(var text, var signature) -> {
                if (signature.isEmpty()) return;
                out.object().name("reasoningContent").object();
                if (signature.startsWith(REDACTED))
                    out.field("redactedContent", signature.substring(REDACTED.length()));
                else
                    out.name("reasoningText")
                            .object()
                            .field("text", text)
                            .field("signature", signature)
                            .endObject();
                out.endObject().endObject();
            }
        }
    }

    private void text(String text) {
        if (!text.isBlank()) out.object().field("text", text).endObject();
    }

    private void call(ToolCall call) {
        out.object().name("toolUse").object();
        out.field("toolUseId", taken(call.id())).field("name", call.name());
        out.field("input", ToolInput.object(call.arguments())).endObject().endObject();
    }

    private void result(ToolResult result) {
        out.object().name("toolResult").object().field("toolUseId", taken(result.callId()));
        out.name("content").array().object().field("text", result.text()).endObject().endArray();
        if (result.error()) out.field("status", "error");
        out.endObject().endObject();
    }

    /** Calls of other models may have ids that this provider does not take. */
    private static String taken(String id) {
        return id.matches("[a-zA-Z0-9_-]{1,64}")
                ? id
                : UUID.nameUUIDFromBytes(id.getBytes(UTF_8)).toString();
    }
}
