package dev.skein.session;

import dev.skein.json.JsonWriter;
import dev.skein.model.Message;
import dev.skein.model.Part;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.List;

/** Messages as text, for journals and stores. */
public final class Transcript {
    private Transcript() {}

    /** {@code system}, {@code user}, {@code assistant} or {@code tool}. */
    public static String role(Message message) {
        return switch (message) {
            case Message.System _ -> "system";
            case Message.User _ -> "user";
            case Message.Assistant _ -> "assistant";
            case Message.Results _ -> "tool";
        };
    }

    /**
     * The message as one JSON object: role, time, parts, and calls or results where it has them.
     */
    public static String json(Message message) {
        var out = new JsonWriter(256);
        out.object().field("role", role(message)).field("at", message.at().toString());
        switch (message) {
            case Message.System(var text, _) -> out.field("text", text);
            case Message.User(var parts, _) -> parts(out, parts);
            case Message.Assistant(var parts, var calls, var speaker, _) -> {
                if (speaker != null) out.field("speaker", speaker);
                parts(out, parts);
                if (!calls.isEmpty()) calls(out, calls);
            }
            case Message.Results(var results, _) -> results(out, results);
        }
        return out.endObject().toString();
    }

    private static void parts(JsonWriter out, List<Part> parts) {
        out.name("parts").array();
        for (var part : parts) {
            switch (part) {
                case Part.Text(var text) -> out.value(text);
                case Part.Reasoning(var text, var signature) ->
                        out.object()
                                .field("reasoning", text)
                                .field("signature", signature)
                                .endObject();
            }
        }
        out.endArray();
    }

    private static void calls(JsonWriter out, List<ToolCall> calls) {
        out.name("calls").array();
        for (var call : calls) {
            out.object().field("id", call.id()).field("name", call.name());
            out.field("arguments", call.arguments()).endObject();
        }
        out.endArray();
    }

    private static void results(JsonWriter out, List<ToolResult> results) {
        out.name("results").array();
        for (var result : results) {
            out.object().field("call", result.callId()).field("text", result.text());
            out.field("error", result.error()).endObject();
        }
        out.endArray();
    }
}
