package dev.skein.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.json.Json;
import java.util.List;

/**
 * What the fake model says, in the words of OpenAI's chat completions: where the tool is offered
 * and was not called yet it calls it, else it gives the finding.
 */
final class Replies {
    private static final byte[] OFFER = "\"tools\"".getBytes(UTF_8);
    private static final byte[] RESULT = "\"tool_call_id\"".getBytes(UTF_8);

    private final byte[] call =
            bytes(Json.object("content", null, "tool_calls", List.of(weather())), "tool_calls");
    private final byte[] finding = bytes(Json.object("content", finding().canonical()), "stop");

    byte[] to(Inbox request) {
        return request.holds(OFFER) && !request.holds(RESULT) ? call : finding;
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
        var usage = Json.object("prompt_tokens", 120, "completion_tokens", 42, "total_tokens", 162);
        var body =
                Json.object("id", "chatcmpl-1", "object", "chat.completion")
                        .with("created", 1_760_000_000)
                        .with("model", "gpt-4o-mini")
                        .with("choices", List.of(choice))
                        .with("usage", usage)
                        .canonical();
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
        return (head + body.getBytes(UTF_8).length + "\r\n\r\n" + body).getBytes(UTF_8);
    }
}
