package dev.skein.testkit;

import static dev.skein.testkit.Requests.anthropic;
import static dev.skein.testkit.Requests.anthropicCall;
import static dev.skein.testkit.Requests.anthropicResult;
import static dev.skein.testkit.Requests.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.testkit.RawClient.Heard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Anthropic's messages as its API reference described them in early 2026. */
class AnthropicWireTest {
    private final FakeProvider provider = FakeProvider.start();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void anAnswerIsBlocksOfTextThinkingAndCalls() throws IOException {
        provider.anthropic()
                .replies(
                        Reply.of(
                                new Piece.Reasoning("hm"),
                                new Piece.Text("Let me look."),
                                Piece.call("weather", Map.of("city", "Paris"))));
        var json = ask(anthropic(false)).json();
        assertThat(json.path("/content/0/thinking").text()).isEqualTo("hm");
        assertThat(json.path("/content/1/text").text()).isEqualTo("Let me look.");
        assertThat(json.path("/content/2/input/city").text()).isEqualTo("Paris");
        assertThat(json.path("/content/2/id").text()).startsWith("toolu_01");
        assertThat(json.get("stop_reason").text()).isEqualTo("tool_use");
        assertThat(json.path("/usage/input_tokens").asLong()).isEqualTo(5);
        assertThat(json.path("/usage/output_tokens").asLong()).isEqualTo(10);
    }

    @Test
    void aStreamOpensAndClosesEveryBlockAndEndsWithItsMark() throws IOException {
        provider.anthropic()
                .replies(
                        Reply.of(
                                new Piece.Text("Let me look out of the window."),
                                Piece.call("weather", Map.of("city", "Paris"))));
        var heard = ask(anthropic(true));
        assertThat(heard.body())
                .startsWith("event: message_start\ndata: {")
                .contains("event: ping\n");
        var events = heard.events();
        var types = events.stream().map(event -> event.get("type").text()).distinct().toList();
        assertThat(types)
                .containsExactly(
                        "message_start",
                        "ping",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        var text = new StringBuilder();
        var input = new StringBuilder();
        for (var event : events) {
            text.append(event.path("/delta/text").text());
            input.append(event.path("/delta/partial_json").text());
        }
        assertThat(text).hasToString("Let me look out of the window.");
        assertThat(input).hasToString("{\"city\":\"Paris\"}");
        assertThat(events.getFirst().path("/message/usage/input_tokens").asLong()).isEqualTo(5);
        var last = events.get(events.size() - 2);
        assertThat(last.path("/delta/stop_reason").text()).isEqualTo("tool_use");
        assertThat(last.path("/usage/output_tokens").asLong()).isEqualTo(14);
    }

    @Test
    void whatIsMarkedIsWrittenToTheCacheAndReadFromItNext() throws IOException {
        var marked =
                List.of(
                        Map.of(
                                "type",
                                "text",
                                "text",
                                "honk ".repeat(2000),
                                "cache_control",
                                Map.of("type", "ephemeral")));
        var usage = ask(anthropic(false).with("system", marked)).json().get("usage");
        assertThat(usage.get("cache_creation_input_tokens").asLong()).isEqualTo(2505);
        assertThat(usage.get("input_tokens").asLong()).isZero();
        usage =
                ask(anthropic(false)
                                .with("system", marked)
                                .with("messages", List.of(message("user", "again?"))))
                        .json()
                        .get("usage");
        assertThat(usage.get("cache_read_input_tokens").asLong()).isEqualTo(10_000 / 4 / 128 * 128);
    }

    @Test
    void neighborsOfOneRoleAreOneTurn() throws IOException {
        assertThat(ask(talk(message("user", "and in Rome?"))).status()).isEqualTo(200);
        assertThat(
                        ask(talk(
                                        anthropicCall("t1"),
                                        anthropicResult("t1"),
                                        message("user", "go on")))
                                .status())
                .isEqualTo(200);
        assertThat(provider.seen().getLast().results()).containsExactly("22 degrees");
    }

    @Test
    void keyAndVersionAreNeeded() throws IOException {
        var wire = provider.anthropic();
        assertThat(errorOf(Map.of("anthropic-version", "2023-06-01"), 401))
                .isEqualTo("authentication_error");
        assertThat(errorOf(Map.of("x-api-key", "x", "anthropic-version", "2023-06-01"), 401))
                .isEqualTo("authentication_error");
        assertThat(errorOf(Map.of("x-api-key", wire.key()), 400))
                .isEqualTo("invalid_request_error");
    }

    @Test
    void whatItRefusesHasItsErrorBody() throws IOException {
        provider.unknownModel("claude-gone").anthropic().contextTokens(2000);
        refused(anthropic(false).with("model", "claude-gone"), 404, "model: claude-gone");
        refused(anthropic(false).without("max_tokens"), 400, "max_tokens: Field required");
        refused(anthropic(false).with("temperature", 1.5), 400, "temperature");
        refused(anthropic(false).with("messages", List.of()), 400, "at least one message");
        refused(
                anthropic(false).with("messages", List.of(message("assistant", "hi"))),
                400,
                "first message");
        refused(talk(message("system", "x")), 400, "Unexpected role \"system\"");
        refused(
                anthropic(false).with("messages", List.of(message("user", ""))),
                400,
                "non-empty content");
        refused(
                talk(message("user", List.of(Map.of("type", "text", "text", " ")))),
                400,
                "non-whitespace");
        refused(talk(message("assistant", "I say ")), 400, "trailing whitespace");
    }

    @Test
    void whatItRefusesOfToolsAndSizesHasItsErrorBody() throws IOException {
        provider.anthropic().contextTokens(2000);
        refused(
                talk(anthropicResult("t1")),
                400,
                "unexpected `tool_use_id` found in `tool_result` blocks: t1");
        refused(
                talk(anthropicCall("t1"), message("user", "so?")),
                400,
                "without `tool_result` blocks immediately after: t1");
        refused(talk(anthropicCall("t1")), 400, "without `tool_result` blocks");
        refused(
                talk(anthropicCall("t 1"), anthropicResult("t 1")),
                400,
                "String should match pattern");
        refused(
                talk(
                        anthropicCall("t1"),
                        anthropicResult("t1"),
                        anthropicCall("t1"),
                        anthropicResult("t1")),
                400,
                "must be unique");
        refused(
                anthropic(false).with("tools", List.of(tool("bad name"))),
                400,
                "tools.0.custom.name");
        refused(anthropic(false).with("tools", List.of(tool("a"), tool("a"))), 400, "unique");
        refused(
                talk(message("user", "x".repeat(9000))),
                400,
                "prompt is too long: 2255 tokens > 2000 maximum");
        refused(
                anthropic(false).with("max_tokens", 1999),
                400,
                "exceed context limit: 5 + 1999 > 2000");
    }

    @Test
    void aSchemaForTheAnswerAllowsNoOtherPropertiesAndNoUnknownLimits() throws IOException {
        refused(typed(Json.object("type", "object")), 400, "additionalProperties");
        refused(typed(Json.object("type", "integer", "minimum", 1)), 400, "minimum");
        var text = ask(typed(Requests.SCHEMA)).json().path("/content/0/text").text();
        assertThat(Json.parse(text).get("city").text()).isNotEmpty();
    }

    private Heard ask(Json body) throws IOException {
        return RawClient.post(provider.anthropic(), "/v1/messages", body);
    }

    private String errorOf(Map<String, String> headers, int status) throws IOException {
        try (var client = new RawClient(provider.anthropic().base())) {
            client.send("/anthropic/v1/messages", headers, anthropic(false).canonical());
            var heard = client.hear();
            assertThat(heard.status()).isEqualTo(status);
            return heard.json().path("/error/type").text();
        }
    }

    private void refused(Json body, int status, String message) throws IOException {
        var heard = ask(body);
        assertThat(heard.status()).as(heard.body()).isEqualTo(status);
        assertThat(heard.json().get("type").text()).isEqualTo("error");
        assertThat(heard.json().path("/error/message").text()).contains(message);
    }

    private static Json talk(Json... more) {
        var messages = new ArrayList<Json>();
        messages.add(message("user", "Is it warm in Paris?"));
        messages.addAll(List.of(more));
        return anthropic(false).with("messages", messages);
    }

    private static Json typed(Json schema) {
        return anthropic(false)
                .with(
                        "output_config",
                        Json.object(
                                "format", Json.object("type", "json_schema", "schema", schema)));
    }

    private static Json tool(String name) {
        return Json.object("name", name, "description", "d", "input_schema", Requests.SCHEMA);
    }
}
