package dev.skein.testkit;

import static dev.skein.testkit.Requests.message;
import static dev.skein.testkit.Requests.openai;
import static dev.skein.testkit.Requests.openaiCall;
import static dev.skein.testkit.Requests.openaiResult;
import static dev.skein.testkit.Requests.openaiTool;
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

/** OpenAI's chat completions as its API reference described them in early 2026. */
class OpenAiWireTest {
    private final FakeProvider provider = FakeProvider.start();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void aTextIsOneChoiceWithItsUsage() throws IOException {
        provider.openai().replies("Mild, 22 °C.");
        var json = ask(openai(false)).json();
        assertThat(json.path("/choices/0/message/content").text()).isEqualTo("Mild, 22 °C.");
        assertThat(json.path("/choices/0/finish_reason").text()).isEqualTo("stop");
        assertThat(json.get("object").text()).isEqualTo("chat.completion");
        assertThat(json.get("model").text()).isEqualTo("gpt-test");
        // 20 bytes of input; "Mild, 22 °C." has 13 in UTF-8.
        assertThat(json.path("/usage/prompt_tokens").asLong()).isEqualTo(5);
        assertThat(json.path("/usage/completion_tokens").asLong()).isEqualTo(4);
        assertThat(json.path("/usage/total_tokens").asLong()).isEqualTo(9);
    }

    @Test
    void callsCarryTheirArgumentsAsText() throws IOException {
        var two =
                Reply.of(
                        Piece.call("weather", Map.of("city", "Paris")),
                        Piece.call("news", "{\"n\":0.10}"));
        provider.openai().replies(two);
        var json = ask(openai(false)).json();
        var message = json.path("/choices/0/message");
        assertThat(message.get("content").isNull()).isTrue();
        assertThat(message.path("/tool_calls/0/function/arguments").text())
                .isEqualTo("{\"city\":\"Paris\"}");
        assertThat(message.path("/tool_calls/1/function/arguments").text())
                .isEqualTo("{\"n\":0.10}");
        assertThat(message.path("/tool_calls/0/id").text()).matches("call_[a-z0-9]{12}");
        assertThat(message.path("/tool_calls/1/id")).isNotEqualTo(message.path("/tool_calls/0/id"));
        assertThat(json.path("/choices/0/finish_reason").text()).isEqualTo("tool_calls");
    }

    @Test
    void aStreamTellsTheTextInFragmentsAndTheUsageBeforeItsEndMark() throws IOException {
        provider.openai().replies("It is mild in Paris today, about 22 °C.");
        var heard = ask(openai(true));
        assertThat(heard.headers().get("content-type")).startsWith("text/event-stream");
        assertThat(heard.body()).endsWith("data: [DONE]\n\n");
        var events = heard.events();
        var text = new StringBuilder();
        events.forEach(event -> text.append(event.path("/choices/0/delta/content").text()));
        assertThat(text).hasToString("It is mild in Paris today, about 22 °C.");
        assertThat(events.getFirst().path("/choices/0/delta/role").text()).isEqualTo("assistant");
        assertThat(events.getLast().get("choices").items()).isEmpty();
        assertThat(events.getLast().path("/usage/completion_tokens").asLong()).isEqualTo(10);
        assertThat(events.get(events.size() - 2).path("/choices/0/finish_reason").text())
                .isEqualTo("stop");
    }

    @Test
    void aStreamTellsUsageOnlyIfAsked() throws IOException {
        var events = ask(openai(true).without("stream_options")).events();
        assertThat(events).noneMatch(event -> event.fields().containsKey("usage"));
    }

    @Test
    void streamedCallsNameTheirIdOnceAndGoOnByIndex() throws IOException {
        provider.openai()
                .replies(
                        Reply.of(
                                Piece.call("weather", Map.of("city", "Saint-Rémy-de-Provence")),
                                Piece.call("b", "{}")));
        var deltas =
                ask(openai(true)).events().stream()
                        .map(event -> event.path("/choices/0/delta/tool_calls/0"))
                        .filter(call -> !call.isNull())
                        .toList();
        var first = deltas.stream().filter(call -> call.get("index").asLong(-1) == 0).toList();
        assertThat(first).hasSizeGreaterThan(2);
        assertThat(first.stream().filter(call -> !call.get("id").isNull())).hasSize(1);
        var arguments = new StringBuilder();
        first.forEach(call -> arguments.append(call.path("/function/arguments").text()));
        assertThat(arguments).hasToString("{\"city\":\"Saint-Rémy-de-Provence\"}");
        assertThat(deltas).anyMatch(call -> call.get("index").asLong() == 1);
    }

    @Test
    void finishWordsAndTokensOfAReplyAreTold() throws IOException {
        provider.openai()
                .replies(
                        Reply.text("cut")
                                .withFinish(Finish.LENGTH)
                                .withUsage(Usage.of(50, 7).withCache(40, 0)));
        var json = ask(openai(false)).json();
        assertThat(json.path("/choices/0/finish_reason").text()).isEqualTo("length");
        assertThat(json.path("/usage/prompt_tokens").asLong()).isEqualTo(50);
        assertThat(json.path("/usage/prompt_tokens_details/cached_tokens").asLong()).isEqualTo(40);
    }

    @Test
    void aLongBeginningThatWasReadBeforeIsCached() throws IOException {
        var first =
                openai(false)
                        .with(
                                "messages",
                                List.of(
                                        message("system", "honk ".repeat(2000)),
                                        message("user", "a")));
        var second =
                openai(false)
                        .with(
                                "messages",
                                List.of(
                                        message("system", "honk ".repeat(2000)),
                                        message("user", "b")));
        assertThat(cached(first)).isZero();
        assertThat(cached(second)).isEqualTo(10_000 / 4 / 128 * 128);
    }

    @Test
    void aCallAndItsResultAreAccepted() throws IOException {
        assertThat(ask(talk(openaiCall("c1"), openaiResult("c1"))).status()).isEqualTo(200);
        var seen = provider.seen().getFirst();
        assertThat(seen.results()).containsExactly("22 degrees");
        assertThat(seen.said().get(1).calls().getFirst().arguments().get("city").text())
                .isEqualTo("Paris");
    }

    @Test
    void itsKeyIsNeededAndNotKept() throws IOException {
        var wire = provider.openai();
        for (var given : List.of("Bearer wrong", wire.key())) {
            try (var client = new RawClient(wire.base())) {
                client.send(
                        "/openai/v1/chat/completions",
                        Map.of("authorization", given),
                        openai(false).canonical());
                var heard = client.hear();
                assertThat(heard.status()).isEqualTo(401);
                assertThat(heard.json().path("/error/type").text())
                        .isEqualTo("invalid_request_error");
                assertThat(heard.body()).doesNotContain("wrong");
            }
        }
        ask(openai(false));
        assertThat(provider.seen().getLast().envelope().headers().get("authorization"))
                .startsWith("sha256:")
                .isNotEqualTo(provider.seen().getFirst().envelope().headers().get("authorization"));
    }

    @Test
    void whatItRefusesHasItsErrorBody() throws IOException {
        provider.unknownModel("gpt-gone").openai().contextTokens(1000);
        refused(openai(false).with("model", "gpt-gone"), 404, "model_not_found", "does not exist");
        refused(openai(false).without("messages"), 400, "missing_required_parameter", "messages");
        refused(openai(false).with("messages", List.of()), 400, "empty_array", "empty array");
        refused(
                openai(false).with("messages", List.of(message("user", Json.nothing()))),
                400,
                "",
                "expected a string");
        refused(
                openai(false).with("messages", List.of(message("bot", "x"))),
                400,
                "invalid_value",
                "'bot'");
        refused(talk(openaiResult("c1")), 400, "", "must be a response to a preceeding message");
        refused(talk(openaiCall("c1")), 400, "", "did not have response messages: c1");
        refused(talk(openaiCall("c1"), message("user", "so?"), openaiResult("c1")), 400, "", "c1");
        refused(talk(openaiCall("c1"), openaiResult("c2")), 400, "", "must be a response");
        refused(
                openai(false).with("tools", List.of(openaiTool("bad name"))),
                400,
                "invalid_value",
                "pattern");
        refused(
                openai(false).with("tools", List.of(openaiTool("a".repeat(65)))),
                400,
                "string_above_max_length",
                "64");
        refused(
                openai(false).with("messages", List.of(message("user", "x".repeat(5000)))),
                400,
                "context_length_exceeded",
                "maximum context length is 1000 tokens");
    }

    @Test
    void rolesNeedNotAlternateAndAnEmptyTextIsContent() throws IOException {
        assertThat(ask(talk(message("user", ""), message("user", "b"))).status()).isEqualTo(200);
    }

    @Test
    void aStrictSchemaRequiresAllItsPropertiesAndAllowsNoOthers() throws IOException {
        var open =
                Json.object(
                        "type",
                        "object",
                        "properties",
                        Map.of("a", Map.of("type", "string")),
                        "required",
                        List.of("a"));
        refused(
                typed(open),
                400,
                "",
                "In context=(), 'additionalProperties' is required to be supplied and to be false.");
        var optional = open.with("additionalProperties", false).with("required", List.of());
        refused(typed(optional), 400, "", "Missing 'a'");
        var nested = Requests.SCHEMA;
        var outer =
                Json.object(
                        "type",
                        "object",
                        "properties",
                        Json.object("in", open),
                        "required",
                        List.of("in"),
                        "additionalProperties",
                        false);
        refused(typed(outer), 400, "", "In context=('properties', 'in'), 'additionalProperties'");
        assertThat(ask(typed(nested)).status()).isEqualTo(200);
    }

    @Test
    void withoutAScriptTheAnswerFitsTheSchema() throws IOException {
        var content = ask(typed(Requests.SCHEMA)).json().path("/choices/0/message/content").text();
        assertThat(Json.parse(content).get("city").text()).isNotEmpty();
    }

    private Heard ask(Json body) throws IOException {
        return RawClient.post(provider.openai(), "/chat/completions", body);
    }

    private long cached(Json body) throws IOException {
        return ask(body).json().path("/usage/prompt_tokens_details/cached_tokens").asLong();
    }

    private void refused(Json body, int status, String code, String message) throws IOException {
        var heard = ask(body);
        assertThat(heard.status()).as(heard.body()).isEqualTo(status);
        var error = heard.json().get("error");
        assertThat(error.get("code").text()).isEqualTo(code);
        assertThat(error.get("message").text()).contains(message);
        assertThat(error.get("type").text()).isEqualTo("invalid_request_error");
        assertThat(error.fields()).containsKey("param");
    }

    private static Json talk(Json... more) {
        var messages = new java.util.ArrayList<Json>();
        messages.add(message("user", "Is it warm in Paris?"));
        messages.addAll(List.of(more));
        return openai(false).with("messages", messages);
    }

    private static Json typed(Json schema) {
        var named = Json.object("name", "answer", "strict", true, "schema", schema);
        return openai(false)
                .with("response_format", Json.object("type", "json_schema", "json_schema", named));
    }
}
