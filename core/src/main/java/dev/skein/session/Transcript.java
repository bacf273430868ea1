package dev.skein.session;

import dev.skein.json.Json;
import dev.skein.json.JsonWriter;
import dev.skein.model.Message;
import dev.skein.model.Part;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** Messages as text, for journals and stores. */
public final class Transcript {
    /** What is larger or nested deeper might not be read again inside of other JSON. */
    private static final int PLAIN_BYTES = 512 << 10;

    private static final int PLAIN_DEPTH = 32;

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
     * Arguments that are very large or deep are a text in it, {@code argumentsText}.
     */
    public static String json(Message message) {
        return written(message).toString();
    }

    /** {@link #json} in UTF-8. */
    static byte[] bytes(Message message) {
        return written(message).toBytes();
    }

    private static JsonWriter written(Message message) {
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
        return out.endObject();
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
            arguments(out, call.arguments());
            out.endObject();
        }
        out.endArray();
    }

    private static void arguments(JsonWriter out, Json arguments) {
        var json = arguments.toBytes();
        if (out.size() + json.length <= PLAIN_BYTES && within(PLAIN_DEPTH, arguments))
            out.name("arguments").raw(json);
        else out.field("argumentsText", new String(json, StandardCharsets.UTF_8));
    }

    /** Whether the value is nested no deeper than that. */
    static boolean within(int depth, Json json) {
        return switch (json) {
            case Json.Obj(var fields) -> depth > 0 && within(depth - 1, fields.values());
            case Json.Arr(var items) -> depth > 0 && within(depth - 1, items);
            case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> true;
        };
    }

    private static boolean within(int depth, Collection<Json> values) {
        return values.stream().allMatch(value -> within(depth, value));
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
