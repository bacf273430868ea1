package dev.skein.models;

import static dev.skein.models.Lent.NOON;
import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.set;
import static dev.skein.models.Lent.typed;
import static dev.skein.models.Lent.with;
import static dev.skein.models.Loopback.WEATHER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelSettings;
import dev.skein.model.Part;
import dev.skein.model.Provider.Offer;
import dev.skein.policy.TransportLimits;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to Amazon Bedrock. */
class BedrockTest {
    private static final String SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

    private static ModelCall answered(String id) {
        var big = Json.parse("{\"n\":9007199254740993,\"city\":null}");
        var called =
                Message.Assistant.of(" \n", NOON)
                        .withCalls(List.of(new ToolCall(id, "weather", big)));
        var results = new Message.Results(List.of(new ToolResult(id, "no clock", true)), NOON);
        var user = Message.User.of("go", NOON);
        return call("run/2.1", List.of(user, called, results, Message.User.of("and?", NOON)));
    }

    @Test
    void resultsAndWhatTheUserSaysNextAreOneTurn() throws Exception {
        try (var bedrock = new Loopback("bedrock")) {
            var _ = Asked.plainly(bedrock.model(), with(answered("a-1"), WEATHER)).answer();
            var messages = bedrock.sent().get("messages");
            assertThat(messages.items()).hasSize(3);
            assertThat(messages.path("/1/content/0/toolUse/input").canonical())
                    .isEqualTo("{\"n\":9007199254740993,\"city\":null}");
            assertThat(messages.path("/2/content/0/toolResult/status").text()).isEqualTo("error");
            assertThat(messages.path("/2/content/1/text").text()).isEqualTo("and?");
        }
    }

    @Test
    void toolsThatWereCalledAreDeclaredThoughTheyAreNotAtHand() throws Exception {
        try (var bedrock = new Loopback("bedrock")) {
            var _ = Asked.of(bedrock.model(), answered("a-1"), true).answer();
            assertThat(bedrock.sent().path("/toolConfig/tools/0/toolSpec/name").text())
                    .isEqualTo("weather");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"functions.weather:0", "übel", "", "a b"})
    @Tag("AG-45")
    void idsOfOtherModelsBecomeOnesThatItTakes(String id) throws Exception {
        try (var bedrock = new Loopback("bedrock")) {
            var _ = Asked.plainly(bedrock.model(), with(answered(id), WEATHER)).answer();
            var messages = bedrock.sent().get("messages");
            assertThat(messages.path("/1/content/0/toolUse/toolUseId"))
                    .isEqualTo(messages.path("/2/content/0/toolResult/toolUseId"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SONNET,
                "arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0"
            })
    void aModelMayBeNamedByAnAddress(String name) throws Exception {
        try (var bedrock = new Loopback("bedrock")) {
            for (var streamed : List.of(false, true)) {
                var _ = Asked.of(bedrock.model(name), call("go"), streamed).answer();
                assertThat(bedrock.wire().seen().getLast().model()).isEqualTo(name);
            }
        }
    }

    @Test
    void anApiKeyIsSentAsItIs() throws Exception {
        try (var bedrock = new Loopback("bedrock")) {
            var key = bedrock.wire().key();
            var variables = new HashMap<>(bedrock.provider().environment());
            variables.put("AWS_BEARER_TOKEN_BEDROCK", key);
            variables.remove("AWS_SECRET_ACCESS_KEY");
            try (var lent = new Lent(variables)) {
                var model = Loopback.provider("bedrock").model("m", lent);
                assertThat(Asked.plainly(model, call("go")).code()).isEqualTo("answered");
                bedrock.wire().at(2, Fault.status(403));
                assertThat(Asked.plainly(model, call("go")).failure().remedy())
                        .contains("AWS_BEARER_TOKEN_BEDROCK");
            }
        }
    }

    @Test
    void aKeyThatIsLentForAWhileShowsItsToken() throws Exception {
        try (var bedrock = new Loopback("bedrock")) {
            var variables = new HashMap<>(bedrock.provider().environment());
            variables.put("AWS_SESSION_TOKEN", "a-token");
            try (var lent = new Lent(variables)) {
                var model = Loopback.provider("bedrock").model("m", lent);
                assertThat(Asked.of(model, call("go"), true).code()).isEqualTo("answered");
                var headers = bedrock.wire().seen().getLast().envelope().headers();
                assertThat(headers).containsKey("x-amz-security-token");
                assertThat(headers.get("authorization")).startsWith("sha256:");
            }
        }
    }

    @Test
    void whereItIsAndWhoAsksMustBeKnown() {
        refused(Map.of(), "model.not_configured", "AWS_REGION");
        refused(Map.of("AWS_REGION", "on the moon"), "invalid.config", "AWS_REGION");
        refused(
                Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL", "nowhere"),
                "invalid.config",
                "AWS_ENDPOINT_URL");
    }

    private static void refused(Map<String, String> variables, String code, String named) {
        var thrown =
                catchThrowableOfType(
                        SkeinException.class,
                        () -> Loopback.provider("bedrock").model("m", new Lent(variables)));
        assertThat(thrown.failure().code()).isEqualTo(code);
        assertThat(thrown.failure().message() + thrown.failure().remedy()).contains(named);
    }

    @Test
    @Tag("AG-63")
    void itOffersItsModelAsItIsCalledInThatPartOfTheWorld() throws Exception {
        var keyed = Map.of("AWS_ACCESS_KEY_ID", "x", "AWS_REGION", "eu-west-1");
        var provider = Loopback.provider("bedrock");
        assertThat(provider.offer(new Lent(keyed)).map(Offer::model).orElseThrow())
                .startsWith("eu.anthropic.claude-");
        assertThat(provider.offer(new Lent(Map.of("AWS_ACCESS_KEY_ID", "x")))).isEmpty();
        assertThat(provider.offer(new Lent(Map.of("AWS_REGION", "eu-west-1")))).isEmpty();
    }

    @Test
    void modelsThatHoldAnswersToSchemasAreSentThem() throws Exception {
        try (var bedrock = new Loopback("bedrock")) {
            bedrock.wire().script(_ -> Reply.text("{\"value\":[{\"city\":\"Köln\"}]}"));
            var type = JsonType.listOf(Loopback.City.class);
            for (var streamed : List.of(false, true)) {
                var asked = Asked.of(bedrock.model(SONNET), typed(call("go"), type), streamed);
                assertThat(asked.answer().message().text()).isEqualTo("[{\"city\":\"Köln\"}]");
                var schema = "/outputConfig/textFormat/structure/jsonSchema/schema";
                assertThat(Json.parse(bedrock.sent().path(schema).text()).get("type").text())
                        .isEqualTo("object");
            }
        }
    }

    @Test
    void howMuchItThinksIsSetWhereThatIsKnown() throws Exception {
        var high = ModelSettings.unset().withReasoning("high").withMaxTokens(100);
        try (var bedrock = new Loopback("bedrock")) {
            var _ = Asked.plainly(bedrock.model(SONNET), set(call("go"), high)).answer();
            var own = bedrock.sent().path("/additionalModelRequestFields/thinking");
            assertThat(own.get("type").text()).isEqualTo("enabled");
            assertThat(bedrock.sent().path("/inferenceConfig/maxTokens").asLong())
                    .isEqualTo(100 + own.get("budget_tokens").asLong());
            assertThat(Asked.plainly(bedrock.model("amazon.nova"), set(call("go"), high)).code())
                    .isEqualTo("model.bad_request");
            var seeded = ModelSettings.unset().withSeed(7);
            assertThat(Asked.plainly(bedrock.model(SONNET), set(call("go"), seeded)).code())
                    .isEqualTo("model.bad_request");
            assertThat(bedrock.wire().seen()).hasSize(1);
        }
    }

    @Test
    void thoughtsGoBackAsTheyCame() throws Exception {
        var body =
                "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":["
                        + "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\",\"signature\":\"s\"}}},"
                        + "{\"reasoningContent\":{\"redactedContent\":\"aGlkZGVu\"}},"
                        + "{\"text\":\"Yes.\"}]}},\"stopReason\":\"end_turn\"}";
        try (var bedrock = new Loopback("bedrock")) {
            bedrock.wire().replies(Reply.of(raw(body.getBytes(UTF_8)))).replies("Done.");
            var said = Asked.plainly(bedrock.model(), call("go")).answer().message();
            assertThat(said.parts()).filteredOn(Part.Reasoning.class::isInstance).hasSize(2);
            var talk =
                    List.<Message>of(
                            Message.User.of("go", NOON), said, Message.User.of("on", NOON));
            var _ = Asked.plainly(bedrock.model(), call("run/2.1", talk)).answer();
            var back = bedrock.sent().path("/messages/1/content");
            assertThat(back.path("/0/reasoningContent/reasoningText/signature").text())
                    .isEqualTo("s");
            assertThat(back.path("/1/reasoningContent/redactedContent").text())
                    .isEqualTo("aGlkZGVu");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException, model.rate_limited",
        "validationException, model.bad_request",
        "serviceUnavailableException, model.overloaded",
        "modelStreamErrorException, model.overloaded",
        "internalServerException, model.overloaded",
    })
    void anExceptionInAStreamIsWhatItIsCalled(String type, String code) throws Exception {
        try (var bedrock = new Loopback("bedrock")) {
            bedrock.wire().at(1, new Fault.ErrorEvent(1, type));
            assertThat(Asked.of(bedrock.model(), call("go"), true).code()).isEqualTo(code);
        }
    }

    @Test
    @Tag("AG-48")
    void aQuotaThatIsUsedUpIsNoBadRequest() throws Exception {
        try (var bedrock = new Loopback("bedrock")) {
            var refusal =
                    new Fault.Status(
                            400,
                            Map.of("x-amzn-ErrorType", "ServiceQuotaExceededException:http://x/"),
                            "{\"message\":\"Your account has no more.\"}");
            bedrock.wire().at(1, refusal);
            assertThat(Asked.plainly(bedrock.model(), call("go")).code()).isEqualTo("model.quota");
        }
    }

    @Test
    void aFrameThatIsNotWhatItsSumSaysIsABadReply() throws Exception {
        var frame = ByteBuffer.allocate(16).putInt(16).putInt(0).putInt(1).putInt(2).flip();
        try (var bedrock = new Loopback("bedrock")) {
            bedrock.wire().replies(Reply.of(new Piece.Raw(frame)));
            assertThat(Asked.of(bedrock.model(), call("go"), true).code())
                    .isEqualTo("model.bad_reply");
        }
    }

    @Test
    @Tag("AG-68")
    void anEventOfAStreamHasItsLimit() throws Exception {
        var sizes = TransportLimits.Sizes.defaults().withEvent(256);
        try (var bedrock =
                new Loopback("bedrock").within(TransportLimits.defaults().withSizes(sizes))) {
            bedrock.wire().replies(Reply.of(new Piece.Raw(ByteBuffer.wrap(frame(300)))));
            assertThat(Asked.of(bedrock.model(), call("go"), true).code())
                    .isEqualTo("model.bad_reply");
        }
    }

    private static byte[] frame(int size) {
        var bytes = new byte[size];
        var sum = new CRC32();
        var frame = ByteBuffer.wrap(bytes).putInt(size).putInt(0);
        sum.update(bytes, 0, 2 * Integer.BYTES);
        frame.putInt((int) sum.getValue());
        return bytes;
    }

    private static Piece raw(byte[] bytes) {
        return new Piece.Raw(ByteBuffer.wrap(bytes));
    }
}
