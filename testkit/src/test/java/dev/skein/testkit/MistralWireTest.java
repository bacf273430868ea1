package dev.skein.testkit;

import static dev.skein.testkit.Requests.message;
import static dev.skein.testkit.Requests.openaiCall;
import static dev.skein.testkit.Requests.openaiResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mistral's chat completions as its API reference described them in early 2026. */
class MistralWireTest {
    private static final String ASK = "/chat/completions";
    private final FakeProvider provider = FakeProvider.start();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void callsAreWholeAndHaveIdsOfNineLettersAndDigits() throws IOException {
        for (var streamed : List.of(false, true)) {
            provider.mistral().calls("weather", Map.of("city", "Paris"));
            var heard = ask(question().with("stream", streamed));
            var choice =
                    streamed
                            ? heard.events().getLast().path("/choices/0/delta/tool_calls/0")
                            : heard.json().path("/choices/0/message/tool_calls/0");
            assertThat(choice.get("id").text()).matches("[a-z0-9]{9}");
            assertThat(choice.path("/function/arguments").text()).isEqualTo("{\"city\":\"Paris\"}");
        }
    }

    @Test
    void aStreamCountsInItsLastChunkAndEndsWithItsMark() throws IOException {
        provider.mistral().replies("Mild, says the window.");
        var heard = ask(question().with("stream", true));
        assertThat(heard.body()).endsWith("data: [DONE]\n\n");
        var last = heard.events().getLast();
        assertThat(last.path("/choices/0/finish_reason").text()).isEqualTo("stop");
        assertThat(last.path("/usage/prompt_tokens").asLong()).isEqualTo(5);
    }

    @Test
    void whatTheProviderRefusesIsRefused() throws IOException {
        assertThat(ask(Json.object("model", "m")).body()).contains("Field required");
        refused(422, question().with("stream_options", Json.object()), "not permitted");
        refused(400, talk(message("assistant", "x")), "Expected last role User or Tool");
        refused(400, talk(openaiCall("call_1"), openaiResult("call_1")), "length of 9");
        refused(400, talk(openaiCall("abcdefghi"), message("user", "x")), "Not the same number");
        refused(400, talk(openaiResult("abcdefghi")), "Unexpected tool call id");
        provider.mistral().contextTokens(2);
        refused(400, question(), "too large for model with 2 maximum context length");
        provider.unknownModel("mistral-test");
        refused(400, question(), "Invalid model: mistral-test");
    }

    @Test
    void aWrongKeyIsUnauthorized() throws IOException {
        var wire = provider.mistral();
        try (var client = new RawClient(wire.base())) {
            client.send(wire.base().getPath() + ASK, Map.of(), question().canonical());
            var heard = client.hear();
            assertThat(heard.status()).isEqualTo(401);
            assertThat(heard.json()).isEqualTo(Json.object("detail", "Unauthorized"));
        }
    }

    private RawClient.Heard ask(Json body) throws IOException {
        return RawClient.post(provider.mistral(), ASK, body);
    }

    private void refused(int status, Json body, String message) throws IOException {
        var heard = ask(body);
        assertThat(heard.status()).as(heard.body()).isEqualTo(status);
        assertThat(heard.body()).contains(message);
    }

    private static Json.Obj question() {
        return Json.object(
                "model",
                "mistral-test",
                "messages",
                List.of(message("user", "Is it warm in Paris?")));
    }

    private static Json talk(Json... more) {
        var first = List.<Json>of(message("user", "Is it warm in Paris?"));
        var all = new ArrayList<Json>(first);
        all.addAll(List.of(more));
        return question().with("messages", all);
    }
}
