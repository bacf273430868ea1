package dev.skein.session;

import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.Part;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The inverse of {@link Transcript#json}: exact to the last digit, nanosecond and half of a
 * surrogate pair. What that did not write is an IllegalArgumentException, never half a message.
 */
final class TranscriptReading {
    private TranscriptReading() {}

    static Message message(Json json) {
        var at = Instant.parse(text(json, "at"));
        return switch (text(json, "role")) {
            case "system" -> new Message.System(text(json, "text"), at);
            case "user" -> new Message.User(all(json, "parts", TranscriptReading::part), at);
            case "assistant" ->
                    new Message.Assistant(
                            all(json, "parts", TranscriptReading::part),
                            has(json, "calls")
                                    ? all(json, "calls", TranscriptReading::call)
                                    : List.of(),
                            speaker(json),
                            at);
            case "tool" -> new Message.Results(all(json, "results", TranscriptReading::result), at);
            default -> throw unknown("role");
        };
    }

    private static Part part(Json json) {
        if (json instanceof Json.Text(var text)) return new Part.Text(text);
        return new Part.Reasoning(text(json, "reasoning"), text(json, "signature"));
    }

    private static ToolCall call(Json json) {
        var arguments =
                has(json, "arguments")
                        ? json.get("arguments")
                        : Json.parse(text(json, "argumentsText"));
        return new ToolCall(text(json, "id"), text(json, "name"), arguments);
    }

    private static ToolResult result(Json json) {
        if (!(json.get("error") instanceof Json.Bool(var error))) throw unknown("error");
        return new ToolResult(text(json, "call"), text(json, "text"), error);
    }

    private static @Nullable String speaker(Json json) {
        return has(json, "speaker") ? text(json, "speaker") : null;
    }

    private static <T> List<T> all(Json json, String field, Function<Json, T> read) {
        if (!(json.get(field) instanceof Json.Arr(var items))) throw unknown(field);
        return items.stream().map(read).toList();
    }

    private static String text(Json json, String field) {
        if (json.get(field) instanceof Json.Text(var value)) return value;
        throw unknown(field);
    }

    private static boolean has(Json json, String field) {
        return json.fields().containsKey(field);
    }

    private static IllegalArgumentException unknown(String field) {
        return new IllegalArgumentException("a message's " + field + " is of no known kind");
    }
}
