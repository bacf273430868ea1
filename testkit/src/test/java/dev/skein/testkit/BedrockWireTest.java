package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.model.Finish;
import dev.skein.model.Usage;
import dev.skein.testkit.RawClient.Heard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Amazon Bedrock's conversations as its API reference described them in autumn 2026. */
class BedrockWireTest {
    private static final String MODEL = "us.anthropic.claude-test-v1:0";
    private static final String ASK = "/model/us.anthropic.claude-test-v1%3A0/converse";
    private static final String STREAM = ASK + "-stream";
    private final FakeProvider provider = FakeProvider.start();

    /** One message of a stream, its checksums right. */
    private record Frame(Map<String, String> headers, Json payload) {
        String type() {
            return headers.getOrDefault(":event-type", headers.getOrDefault(":exception-type", ""));
        }
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void anAnswerIsBlocksOfTextThoughtsAndCalls() throws IOException {
        provider.bedrock()
                .replies(
                        Reply.of(
                                new Piece.Reasoning("hm"),
                                new Piece.Text("Let me look."),
                                Piece.call("weather", Map.of("city", "Paris"))));
        var json = ask(question()).json();
        assertThat(json.path("/output/message/role").text()).isEqualTo("assistant");
        var blocks = json.path("/output/message/content");
        assertThat(blocks.at(0).path("/reasoningContent/reasoningText/text").text())
                .isEqualTo("hm");
        assertThat(blocks.at(1)).isEqualTo(Json.object("text", "Let me look."));
        assertThat(blocks.at(2).path("/toolUse/toolUseId").text()).matches("tooluse_[a-z0-9]{12}");
        assertThat(blocks.at(2).path("/toolUse/input")).isEqualTo(Json.object("city", "Paris"));
        assertThat(json.get("stopReason").text()).isEqualTo("tool_use");
        assertThat(json.path("/usage/inputTokens").asLong()).isEqualTo(5);
        assertThat(provider.bedrock().seen().getFirst().model()).isEqualTo(MODEL);
    }

    @Test
    void aStreamIsBinaryAndEndsWithTheCountedTokens() throws IOException {
        provider.bedrock()
                .replies(
                        Reply.of(
                                new Piece.Text("Mild, 22 °C, says the window."),
                                Piece.call("weather", Map.of("city", "Paris"))));
        var heard = RawClient.post(provider.bedrock(), STREAM, question());
        assertThat(heard.headers().get("content-type"))
                .isEqualTo("application/vnd.amazon.eventstream");
        var frames = frames(heard);
        var text = new StringBuilder();
        var input = new StringBuilder();
        for (var frame : frames) {
            text.append(frame.payload().path("/delta/text").text());
            input.append(frame.payload().path("/delta/toolUse/input").text());
        }
        assertThat(text).hasToString("Mild, 22 °C, says the window.");
        assertThat(input).hasToString("{\"city\":\"Paris\"}");
        assertThat(frames.stream().map(Frame::type).distinct())
                .containsExactly(
                        "messageStart",
                        "contentBlockDelta",
                        "contentBlockStop",
                        "contentBlockStart",
                        "messageStop",
                        "metadata");
        assertThat(frames.getLast().payload().path("/usage/outputTokens").asLong()).isEqualTo(14);
        assertThat(provider.bedrock().seen().getFirst().envelope().streamed()).isTrue();
    }

    @Test
    void anErrorInAStreamIsAnExceptionOfItsOwn() throws IOException {
        provider.bedrock().at(1, new Fault.ErrorEvent(1, "throttlingException"));
        var last = frames(RawClient.post(provider.bedrock(), STREAM, question())).getLast();
        assertThat(last.headers()).containsEntry(":message-type", "exception");
        assertThat(last.type()).isEqualTo("throttlingException");
        assertThat(last.payload().get("message").text()).isNotEmpty();
    }

    @Test
    void theEndHasItsWords() throws IOException {
        for (var word :
                Map.of(Finish.LENGTH, "max_tokens", Finish.REFUSED, "content_filtered")
                        .entrySet()) {
            provider.bedrock().replies(Reply.text("x").withFinish(word.getKey()));
            assertThat(ask(question()).json().get("stopReason").text()).isEqualTo(word.getValue());
        }
    }

    @Test
    void cachedTokensAreNotPartOfTheInput() throws IOException {
        provider.bedrock().replies(Reply.text("x").withUsage(Usage.of(100, 9).withCache(64, 6)));
        var counted = ask(question()).json().get("usage");
        assertThat(counted.get("inputTokens").asLong()).isEqualTo(30);
        assertThat(counted.get("cacheReadInputTokens").asLong()).isEqualTo(64);
        assertThat(counted.get("cacheWriteInputTokens").asLong()).isEqualTo(6);
        assertThat(counted.get("totalTokens").asLong()).isEqualTo(109);
    }

    @Test
    void aSchemaIsAnsweredByAValueThatFits() throws IOException {
        var json = ask(shaped(Requests.SCHEMA)).json();
        assertThat(Json.parse(json.path("/output/message/content/0/text").text()).fields())
                .containsOnlyKeys("city");
    }

    @Test
    void conversationsOutOfOrderAreRefused() throws IOException {
        refused(talk(), "must not be empty");
        refused(talk(said("assistant", "x")), "must start with a user message");
        refused(talk(said("user", "x"), said("user", "y")), "must alternate");
        refused(talk(said("user", " ")), "messages.0.content.0 is blank");
        refused(talk(Json.object("role", "user", "content", List.of())), "messages.0 is empty");
        refused(talk(said("system", "x")), "enum value set");
        var asked = said("user", "x");
        refused(talk(asked, called("a"), said("user", "y")), "toolConfig field must be defined");
        refused(armed(asked, called("a"), said("user", "y")), "following Ids: a");
        refused(armed(asked, called("a")), "following Ids: a");
        refused(armed(result("a")), "exceeds the number of toolUse blocks");
        refused(armed(asked, called("a b"), result("a b")), "pattern: [a-zA-Z0-9_-]+");
        assertThat(ask(armed(asked, called("a"), result("a"))).status()).isEqualTo(200);
    }

    @Test
    void whatElseTheProviderRefusesIsRefused() throws IOException {
        refused(question().with("inferenceConfig", Json.object("temperature", 2)), "temperature");
        refused(question().with("inferenceConfig", Json.object("maxTokens", 0)), "maxTokens");
        refused(question().with("system", List.of(Json.object("text", ""))), "system.0 is blank");
        refused(question().with("toolConfig", Json.object("tools", List.of())), "toolConfig.tools");
        refused(declaring("a b", Requests.SCHEMA), "toolSpec.name");
        refused(declaring("a", Json.object("type", "string")), "must be one of the following");
        refused(shaped(Json.object("type", "object")), "additionalProperties");
    }

    @Test
    void keysModelsAndLengthsHaveTheirErrors() throws IOException {
        var wire = provider.bedrock();
        var path = wire.base().getPath() + ASK;
        try (var client = new RawClient(wire.base())) {
            client.send(path, Map.of(), question().canonical());
            error(client.hear(), 403, "MissingAuthenticationTokenException", "Missing");
            client.send(path, Map.of("Authorization", "Bearer x"), question().canonical());
            error(client.hear(), 403, "AccessDeniedException", "Invalid API Key");
            client.send(path, signed("somebody"), question().canonical());
            error(client.hear(), 403, "UnrecognizedClientException", "security token");
            client.send(path, signed(BedrockErrors.KEY_ID), question().canonical());
            error(client.hear(), 403, "InvalidSignatureException", "does not match");
        }
        wire.at(5, new Fault.Quota()).at(6, Fault.rateLimited());
        error(ask(question()), 429, "ThrottlingException", "tokens per day");
        error(ask(question()), 429, "ThrottlingException", "Too many requests");
        wire.contextTokens(2);
        error(ask(question()), 400, "ValidationException", "Input is too long");
        provider.unknownModel(MODEL);
        error(ask(question()), 400, "ValidationException", "model identifier is invalid");
    }

    private static Map<String, String> signed(String id) {
        return Map.of(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                        + id
                        + "/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date,"
                        + " Signature="
                        + "0".repeat(64),
                "X-Amz-Date",
                "20260101T000000Z");
    }

    private Heard ask(Json body) throws IOException {
        return RawClient.post(provider.bedrock(), ASK, body);
    }

    private void refused(Json body, String message) throws IOException {
        error(ask(body), 400, "ValidationException", message);
    }

    private static void error(Heard heard, int status, String type, String message) {
        assertThat(heard.status()).as(heard.body()).isEqualTo(status);
        assertThat(heard.headers().get("x-amzn-errortype")).startsWith(type);
        assertThat(heard.json().get("message").text()).contains(message);
    }

    private static List<Frame> frames(Heard heard) {
        var frames = new ArrayList<Frame>();
        byte[] all = heard.bytes();
        var bytes = ByteBuffer.wrap(all);
        while (bytes.hasRemaining()) {
            int from = bytes.position();
            int size = bytes.getInt();
            int headers = bytes.getInt();
            assertThat(bytes.getInt()).isEqualTo(checksum(all, from, 8));
            var named = headers(bytes, headers);
            var payload = new byte[size - headers - 16];
            bytes.get(payload);
            assertThat(bytes.getInt()).isEqualTo(checksum(all, from, size - 4));
            frames.add(new Frame(named, Json.parse(payload)));
        }
        return frames;
    }

    private static Map<String, String> headers(ByteBuffer bytes, int size) {
        var headers = new HashMap<String, String>();
        for (int end = bytes.position() + size; bytes.position() < end; ) {
            var name = text(bytes, bytes.get());
            assertThat(bytes.get()).isEqualTo((byte) 7);
            headers.put(name, text(bytes, bytes.getShort()));
        }
        return headers;
    }

    private static String text(ByteBuffer bytes, int length) {
        var text = new byte[length];
        bytes.get(text);
        return new String(text, UTF_8);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        var sum = new CRC32();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    private static Json.Obj question() {
        return talk(said("user", "Is it warm in Paris?"));
    }

    private static Json.Obj talk(Json... messages) {
        return Json.object("messages", List.of(messages));
    }

    private static Json.Obj armed(Json... messages) {
        return talk(messages).with("toolConfig", config("weather", Requests.SCHEMA));
    }

    private static Json.Obj declaring(String name, Json schema) {
        return question().with("toolConfig", config(name, schema));
    }

    private static Json config(String name, Json schema) {
        var spec =
                Json.object(
                        "name",
                        name,
                        "description",
                        "looks out",
                        "inputSchema",
                        Json.object("json", schema));
        return Json.object("tools", List.of(Json.object("toolSpec", spec)));
    }

    private static Json.Obj shaped(Json schema) {
        var named = Json.object("name", "answer", "schema", schema.canonical());
        var format =
                Json.object("type", "json_schema", "structure", Json.object("jsonSchema", named));
        return question().with("outputConfig", Json.object("textFormat", format));
    }

    private static Json said(String role, String text) {
        return Json.object("role", role, "content", List.of(Json.object("text", text)));
    }

    private static Json called(String id) {
        var call =
                Json.object(
                        "toolUseId", id, "name", "weather", "input", Json.object("city", "Paris"));
        return Json.object("role", "assistant", "content", List.of(Json.object("toolUse", call)));
    }

    private static Json result(String id) {
        var result =
                Json.object("toolUseId", id, "content", List.of(Json.object("text", "22 degrees")));
        return Json.object("role", "user", "content", List.of(Json.object("toolResult", result)));
    }
}
