package dev.skein.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fake model says, in the words of OpenAI's chat completions: where the tool is offered
 * and was not called yet it calls it, else it gives the finding; whole, or in pieces of four
 * characters, as a token is, where it is asked to stream.
 */
final class Replies {
    private static final byte[] OFFER = "\"tools\"".getBytes(UTF_8);
    private static final byte[] STREAM = "\"stream\":true".getBytes(UTF_8);
    private static final int PIECE = 4;
    private static final byte[] RESULT = "\"tool_call_id\"".getBytes(UTF_8);

    private final byte[] call =
            bytes(Json.object("content", null, "tool_calls", List.of(weather())), "tool_calls");
    private final byte[] finding = bytes(Json.object("content", finding().canonical()), "stop");

    private final byte[] callInPieces = stream(weatherPieces(), "tool_calls");
    private final byte[] findingInPieces = stream(textPieces(), "stop");

    byte[] to(Inbox request) {
        boolean calls = request.holds(OFFER) && !request.holds(RESULT);
        if (request.holds(STREAM)) return calls ? callInPieces : findingInPieces;
        return calls ? call : finding;
    }

    private static List<Json> textPieces() {
        return pieces(finding().canonical()).stream()
                .<Json>map(piece -> Json.object("content", piece))
                .toList();
    }

    private static List<Json> weatherPieces() {
        var pieces = new ArrayList<Json>();
        var begin = Json.object("name", "weather", "arguments", "");
        pieces.add(
                called(
                        Json.object(
                                "index",
                                0,
                                "id",
                                "call_1",
                                "type",
                                "function",
                                "function",
                                begin)));
        for (var piece : pieces("{\"city\":\"Paris\"}"))
            pieces.add(
                    called(Json.object("index", 0, "function", Json.object("arguments", piece))));
        return pieces;
    }

    private static Json called(Json call) {
        return Json.object("tool_calls", List.of(call));
    }

    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        for (int at = 0; at < text.length(); at += PIECE)
            pieces.add(text.substring(at, Math.min(text.length(), at + PIECE)));
        return pieces;
    }

    private static byte[] stream(List<Json> deltas, String finish) {
        var events = new StringBuilder();
        for (var delta : deltas)
            event(events, List.of(Json.object("index", 0, "delta", delta)), null);
        var last = Json.object("index", 0, "delta", Json.object(), "finish_reason", finish);
        event(events, List.of(last), null);
        event(events, List.of(), usage());
        var body = events.append("data: [DONE]\n\n").toString();
        var head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: ";
        return (head + body.getBytes(UTF_8).length + "\r\n\r\n" + body).getBytes(UTF_8);
    }

    private static void event(StringBuilder events, List<Json> choices, @Nullable Json usage) {
        var chunk =
                Json.object("id", "chatcmpl-1", "object", "chat.completion.chunk")
                        .with("created", 1_760_000_000)
                        .with("model", "gpt-4o-mini")
                        .with("choices", choices)
                        .with("usage", usage);
        events.append("data: ").append(chunk.canonical()).append("\n\n");
    }

    private static Json usage() {
        return Json.object("prompt_tokens", 120, "completion_tokens", 42, "total_tokens", 162);
    }

    private static Json weather() {
        var function = Json.object("name", "weather", "arguments", "{\"city\":\"Paris\"}");
        return Json.object("id", "call_1", "type", "function", "function", function);
    }

    private static Json finding() {
        var summary = "Sunny with a light breeze from the west; no rain is expected today.";
        return Json.object("city", "Paris", "tempC", 22, "summary", summary)
                .with("confidence", 0.93)
                .with("sources", List.of("station-7", "sat-12"));
    }

    private static byte[] bytes(Json.Obj said, String finish) {
        var message = said.with("role", "assistant").with("refusal", null);
        var choice = Json.object("index", 0, "message", message, "finish_reason", finish);
        var body =
                Json.object("id", "chatcmpl-1", "object", "chat.completion")
                        .with("created", 1_760_000_000)
                        .with("model", "gpt-4o-mini")
                        .with("choices", List.of(choice))
                        .with("usage", usage())
                        .canonical();
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
        return (head + body.getBytes(UTF_8).length + "\r\n\r\n" + body).getBytes(UTF_8);
    }
}
