package dev.skein.models.anthropic;

import dev.skein.json.JsonWriter;
import dev.skein.model.Message;
import dev.skein.model.Part;
import dev.skein.models.wire.ToolInput;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.List;

/** Writes one turn of a conversation: all that one side said before the other. */
record TurnWriter(JsonWriter out) {
    /** Marks the proof of a thought that the provider keeps to itself. */
    static final String REDACTED = "redacted:";

    void write(List<Message> turn) {
        boolean assistant = turn.getFirst() instanceof Message.Assistant;
        out.object().field("role", assistant ? "assistant" : "user").name("content");
        if (turn.size() == 1 && turn.getFirst() instanceof Message.User user)
            out.value(user.text());
        else blocks(turn);
        out.endObject();
    }

    private void blocks(List<Message> turn) {
        out.array();
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
        out.endArray();
    }

    /** Thoughts go back to the provider that had them, and only with its proof. */
    private void part(Part part) {
        switch (part) {
            case Part.Text(var text) -> text(text);
            case Part.Reasoning(var text, var signature) -> {
                if (signature.startsWith(REDACTED)) {
                    out.object()
                            .field("type", "redacted_thinking")
                            .field("data", signature.substring(REDACTED.length()))
                            .endObject();
                } else if (!signature.isEmpty()) {
                    out.object()
                            .field("type", "thinking")
                            .field("thinking", text)
                            .field("signature", signature)
                            .endObject();
                }
            }
        }
    }

    private void text(String text) {
        if (!text.isBlank()) out.object().field("type", "text").field("text", text).endObject();
    }

    private void call(ToolCall call) {
        out.object().field("type", "tool_use").field("id", call.id()).field("name", call.name());
        out.field("input", ToolInput.object(call.arguments())).endObject();
    }

    private void result(ToolResult result) {
        out.object()
                .field("type", "tool_result")
                .field("tool_use_id", result.callId())
                .field("content", result.text());
        if (result.error()) out.field("is_error", true);
        out.endObject();
    }
}
