package dev.skein.testkit;

import static dev.skein.testkit.Requests.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ollama's chat as its API reference described it in early 2026. */
class OllamaWireTest {
    private static final String ASK = "/api/chat";
    private final FakeProvider provider = FakeProvider.start();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void linesOfJsonAreWhatItSaysUnlessItIsToldNotTo() throws IOException {
        provider.ollama()
                .replies(
                        Reply.of(
                                new Piece.Reasoning("hm"),
                                new Piece.Text("Let me look."),
                                Piece.call("weather", Map.of("city", "Paris")),
                                Piece.call("weather", Map.of("city", "Rome"))));
        var heard = ask(question());
        assertThat(heard.headers().get("content-type")).isEqualTo("application/x-ndjson");
        var text = new StringBuilder();
        for (var line : heard.events()) text.append(line.path("/message/content").text());
        assertThat(text).hasToString("Let me look.");
        assertThat(heard.events().getFirst().path("/message/thinking").text()).isEqualTo("hm");
        assertThat(heard.events())
                .filteredOn(line -> !line.path("/message/tool_calls").items().isEmpty())
                .extracting(line -> line.path("/message/tool_calls/0/function/index").asLong())
                .containsExactly(0L, 1L);
        var last = heard.events().getLast();
        assertThat(last.get("done").asBoolean(false)).isTrue();
        assertThat(last.get("done_reason").text()).isEqualTo("stop");
        assertThat(last.get("prompt_eval_count").asLong()).isEqualTo(5);
    }

    @Test
    void aWholeAnswerIsOneObject() throws IOException {
        provider.ollama().replies("Mild.");
        var json = ask(question().with("stream", false)).json();
        assertThat(json.path("/message/content").text()).isEqualTo("Mild.");
        assertThat(json.get("eval_count").asLong()).isEqualTo(2);
    }

    @Test
    void itsErrorsAreTexts() throws IOException {
        refused(400, Json.object("messages", List.of()), "model is required");
        var call = Json.object("function", Json.object("name", "a", "arguments", "{}"));
        var wrong = message("assistant", "").with("tool_calls", List.of(call));
        refused(400, question().with("messages", List.of(wrong)), "cannot unmarshal");
        provider.unknownModel("qwen-test");
        refused(404, question(), "model 'qwen-test' not found");
    }

    private RawClient.Heard ask(Json body) throws IOException {
        return RawClient.post(provider.ollama(), ASK, body);
    }

    private void refused(int status, Json body, String message) throws IOException {
        var heard = ask(body);
        assertThat(heard.status()).isEqualTo(status);
        assertThat(heard.json().get("error").text()).contains(message);
    }

    private static Json.Obj question() {
        return Json.object(
                "model", "qwen-test", "messages", List.of(message("user", "Is it warm in Paris?")));
    }
}
