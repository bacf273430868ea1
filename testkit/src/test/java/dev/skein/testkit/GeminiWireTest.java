package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.model.Finish;
import dev.skein.model.Usage;
import dev.skein.testkit.RawClient.Heard;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gemini's generateContent as its API reference described it in early 2026. */
class GeminiWireTest {
    private static final String ASK = "/models/gemini-test:generateContent";
    private static final String STREAM = "/models/gemini-test:streamGenerateContent?alt=sse";
    private final FakeProvider provider = FakeProvider.start();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void anAnswerIsPartsOfTextThoughtsAndCallsWithoutIds() throws IOException {
        provider.gemini()
                .replies(
                        Reply.of(
                                new Piece.Reasoning("hm"),
                                new Piece.Text("Let me look."),
                                Piece.call("weather", Map.of("city", "Paris"))));
        var json = ask(question()).json();
        var parts = json.path("/candidates/0/content/parts");
        assertThat(parts.at(0)).isEqualTo(Json.object("text", "hm", "thought", true));
        assertThat(parts.at(1)).isEqualTo(Json.object("text", "Let me look."));
        assertThat(parts.at(2).get("functionCall"))
                .isEqualTo(Json.object("name", "weather", "args", Json.object("city", "Paris")));
        assertThat(json.path("/candidates/0/finishReason").text()).isEqualTo("STOP");
        assertThat(json.get("modelVersion").text()).isEqualTo("gemini-test");
        assertThat(json.path("/usageMetadata/promptTokenCount").asLong()).isEqualTo(5);
        assertThat(json.path("/usageMetadata/candidatesTokenCount").asLong()).isEqualTo(9);
        assertThat(json.path("/usageMetadata/thoughtsTokenCount").asLong()).isEqualTo(1);
    }

    @Test
    void aStreamEndsWithTheChunkThatHasTheReasonAndTheTokens() throws IOException {
        provider.gemini().replies("Mild, 22 °C, says the window.");
        var heard = RawClient.post(provider.gemini(), STREAM, question());
        assertThat(heard.body()).startsWith("data: {").endsWith("}\r\n\r\n");
        var text = new StringBuilder();
        for (var event : heard.events())
            text.append(event.path("/candidates/0/content/parts/0/text").text());
        assertThat(text).hasToString("Mild, 22 °C, says the window.");
        assertThat(heard.events().getFirst().path("/candidates/0/finishReason").isNull()).isTrue();
        var last = heard.events().getLast();
        assertThat(last.path("/candidates/0/finishReason").text()).isEqualTo("STOP");
        assertThat(last.path("/usageMetadata/totalTokenCount").asLong()).isEqualTo(13);
        assertThat(provider.gemini().seen().getFirst().envelope().streamed()).isTrue();
        assertThat(provider.gemini().seen().getFirst().model()).isEqualTo("gemini-test");
    }

    @Test
    void theEndHasItsWords() throws IOException {
        for (var word : Map.of(Finish.LENGTH, "MAX_TOKENS", Finish.REFUSED, "SAFETY").entrySet()) {
            provider.gemini().replies(Reply.text("x").withFinish(word.getKey()));
            assertThat(ask(question()).json().path("/candidates/0/finishReason").text())
                    .isEqualTo(word.getValue());
        }
    }

    @Test
    void cachedTokensArePartOfThePrompt() throws IOException {
        provider.gemini().replies(Reply.text("x").withUsage(Usage.of(100, 9).withCache(64, 0)));
        var counted = ask(question()).json().get("usageMetadata");
        assertThat(counted.get("promptTokenCount").asLong()).isEqualTo(100);
        assertThat(counted.get("cachedContentTokenCount").asLong()).isEqualTo(64);
    }

    @Test
    void whatIsAskedIsRead() throws IOException {
        var body =
                question()
                        .with("systemInstruction", content("system", "Be brief."))
                        .with(
                                "contents",
                                List.of(
                                        content("user", "go"),
                                        called("weather"),
                                        result("weather")));
        ask(body);
        var said = provider.gemini().seen().getFirst().said();
        assertThat(said)
                .extracting(Seen.Said::role)
                .containsExactly("system", "user", "assistant", "tool");
        assertThat(said.get(2).calls()).extracting(Piece.Call::tool).containsExactly("weather");
        assertThat(said.get(3).answers()).isEqualTo("weather");
        assertThat(said.get(3).text()).isEqualTo("22 degrees");
    }

    @Test
    void aSchemaIsAnsweredByAValueThatFits() throws IOException {
        var config =
                Json.object(
                        "responseMimeType",
                        "application/json",
                        "responseJsonSchema",
                        Requests.SCHEMA);
        var json = ask(question().with("generationConfig", config)).json();
        assertThat(Json.parse(json.path("/candidates/0/content/parts/0/text").text()).fields())
                .containsOnlyKeys("city");
    }

    @Test
    void whatTheProviderRefusesIsRefused() throws IOException {
        refused(question().with("frobnicate", 1), "Unknown name \"frobnicate\"");
        refused(question().with("contents", List.of()), "contents is not specified");
        refused(question().with("contents", List.of(content("system", "x"))), "valid role");
        refused(question().with("contents", List.of(content("user", ""))), "oneof field 'data'");
        refused(question().with("contents", List.of(called("a"))), "immediately after a user turn");
        refused(
                question()
                        .with(
                                "contents",
                                List.of(content("user", "x"), called("a"), content("user", "y"))),
                "number of function response parts");
        refused(question().with("contents", List.of(result("a"))), "after a function call turn");
        refused(declaring("a b", Requests.SCHEMA), "Invalid function name");
        refused(declaring("a", Requests.SCHEMA), "Unknown name \"additionalProperties\"");
        refused(declaring("a", Json.object("type", "OBJECT")), "should be non-empty");
        var untyped = Json.object("responseJsonSchema", Requests.SCHEMA);
        refused(question().with("generationConfig", untyped), "response_mime_type");
        var stops = Json.object("stopSequences", List.of("a", "b", "c", "d", "e", "f"));
        refused(question().with("generationConfig", stops), "stop_sequences");
    }

    @Test
    void keysModelsAndLengthsHaveTheirErrors() throws IOException {
        var wire = provider.gemini();
        try (var client = new RawClient(wire.base())) {
            client.send(wire.base().getPath() + ASK, Map.of(), question().canonical());
            error(client.hear(), 403, "PERMISSION_DENIED", "unregistered callers");
            client.send(
                    wire.base().getPath() + ASK,
                    Map.of("x-goog-api-key", "wrong"),
                    question().canonical());
            var wrong = client.hear();
            error(wrong, 400, "INVALID_ARGUMENT", "API key not valid");
            assertThat(wrong.json().path("/error/details/0/reason").text())
                    .isEqualTo("API_KEY_INVALID");
        }
        wire.at(3, new Fault.Quota()).at(4, Fault.rateLimited());
        error(ask(question()), 429, "RESOURCE_EXHAUSTED", "exceeded your current quota");
        error(ask(question()), 429, "RESOURCE_EXHAUSTED", "Resource has been exhausted");
        wire.contextTokens(2);
        error(ask(question()), 400, "INVALID_ARGUMENT", "token count (5) exceeds");
        provider.unknownModel("gemini-test");
        error(ask(question()), 404, "NOT_FOUND", "models/gemini-test is not found");
    }

    @Test
    void anErrorInAStreamIsAnEventOfItsOwn() throws IOException {
        provider.gemini().at(1, new Fault.ErrorEvent(1, ""));
        var heard = RawClient.post(provider.gemini(), STREAM, question());
        assertThat(heard.events().getLast().path("/error/status").text()).isEqualTo("UNAVAILABLE");
    }

    private Heard ask(Json body) throws IOException {
        return RawClient.post(provider.gemini(), ASK, body);
    }

    private void refused(Json body, String message) throws IOException {
        error(ask(body), 400, "INVALID_ARGUMENT", message);
    }

    private static void error(Heard heard, int status, String word, String message) {
        assertThat(heard.status()).as(heard.body()).isEqualTo(status);
        var error = heard.json().get("error");
        assertThat(error.get("code").asLong()).isEqualTo(status);
        assertThat(error.get("status").text()).isEqualTo(word);
        assertThat(error.get("message").text()).contains(message);
    }

    private static Json.Obj question() {
        return Json.object("contents", List.of(content("user", "Is it warm in Paris?")));
    }

    private static Json declaring(String name, Json parameters) {
        var declared = Json.object("name", name, "description", "d", "parameters", parameters);
        return question()
                .with("tools", List.of(Json.object("functionDeclarations", List.of(declared))));
    }

    private static Json content(String role, String text) {
        return Json.object("role", role, "parts", List.of(Json.object("text", text)));
    }

    private static Json called(String tool) {
        var call = Json.object("name", tool, "args", Json.object("city", "Paris"));
        return Json.object("role", "model", "parts", List.of(Json.object("functionCall", call)));
    }

    private static Json result(String tool) {
        var result = Json.object("name", tool, "response", Json.object("result", "22 degrees"));
        return Json.object(
                "role", "user", "parts", List.of(Json.object("functionResponse", result)));
    }
}
