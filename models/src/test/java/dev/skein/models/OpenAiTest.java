package dev.skein.models;

import static dev.skein.models.Lent.NOON;
import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.set;
import static dev.skein.models.Lent.typed;
import static dev.skein.models.Lent.with;
import static dev.skein.models.Loopback.TIME;
import static dev.skein.models.Loopback.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.ChatModel;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelSettings;
import dev.skein.model.Part;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import dev.skein.testkit.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to this wire. */
class OpenAiTest {
    private final Loopback loopback = new Loopback("openai");

    @AfterEach
    void nothingIsLeft() {
        loopback.close();
    }

    private Wire wire() {
        return loopback.wire();
    }

    private ChatModel model() {
        return loopback.model();
    }

    private Json sent() {
        return loopback.sent();
    }

    @Test
    void reasoningModelsGetTheWordThatTheyTakeForTheLimit() throws Exception {
        var settings = ModelSettings.unset().withMaxTokens(77);
        for (var name : List.of("gpt-5-mini", "o3", "o4-mini")) {
            var _ = Asked.plainly(loopback.model(name), set(call("go"), settings)).answer();
            assertThat(sent().get("max_completion_tokens").asLong()).isEqualTo(77);
            assertThat(sent().fields()).doesNotContainKey("max_tokens");
        }
        var _ = Asked.plainly(loopback.model("gpt-4o"), set(call("go"), settings)).answer();
        assertThat(sent().get("max_tokens").asLong()).isEqualTo(77);
    }

    @Test
    void seedsEffortsAndFieldsOfItsOwnAreSent() throws Exception {
        var settings =
                ModelSettings.unset()
                        .withSeed(1L << 40)
                        .withReasoning("9000")
                        .withExtra(Map.of("user", Json.of("bob")));
        var _ = Asked.plainly(model(), set(call("go"), settings)).answer();
        assertThat(sent().get("seed").asLong()).isEqualTo(1L << 40);
        assertThat(sent().get("reasoning_effort").text()).isEqualTo("high");
        assertThat(sent().get("user").text()).isEqualTo("bob");
    }

    @Test
    void severalPartsOfAMessageAreSentAsParts() throws Exception {
        var user = new Message.User(List.of(new Part.Text("one"), new Part.Text("two")), NOON);
        var _ = Asked.plainly(model(), call("run/1.1", List.of(user))).answer();
        assertThat(sent().path("/messages/0/content/1/text").text()).isEqualTo("two");
    }

    @Test
    void aStreamAsksForItsTokens() throws Exception {
        var _ = Asked.of(model(), call("go"), true).answer();
        assertThat(sent().path("/stream_options/include_usage").asBoolean(false)).isTrue();
    }

    @Test
    void strictnessIsAskedForWhereItCanBeKept() throws Exception {
        record Free(Map<String, Integer> counts) {}
        var _ =
                Asked.plainly(model(), typed(call("go"), JsonType.of(Loopback.City.class)))
                        .answer();
        assertThat(sent().path("/response_format/json_schema/strict").asBoolean(false)).isTrue();
        wire().lenient();
        var _ = Asked.plainly(model(), typed(call("go"), JsonType.of(Free.class))).answer();
        assertThat(sent().path("/response_format/json_schema/strict").asBoolean(true)).isFalse();
    }

    @Test
    void thoughtsOfCompatibleServersAreKeptApartFromTheAnswer() throws Exception {
        raw(
                "{\"model\":\"m\",\"choices\":[{\"message\":{\"reasoning_content\":\"hm\",\"content\":\"yes\"},\"finish_reason\":\"stop\"}]}");
        var message = Asked.plainly(model(), call("go")).answer().message();
        assertThat(message.parts())
                .containsExactly(new Part.Reasoning("hm", ""), new Part.Text("yes"));
    }

    @Test
    void callsThatAreAllNumberedAlikeAreToldApartByTheirIds() throws Exception {
        var begin = "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,";
        var end = "}]}}]}\n\n";
        raw(
                begin
                        + "\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\"\"}"
                        + end
                        + begin
                        + "\"function\":{\"arguments\":\":\\\"Rome\\\"}\"}"
                        + end
                        + begin
                        + "\"id\":\"b\",\"function\":{\"name\":\"time\",\"arguments\":\"{}\"}"
                        + end
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n");
        var calls =
                Asked.of(model(), with(call("go"), WEATHER, TIME), true).answer().message().calls();
        assertThat(calls).extracting("id").containsExactly("a", "b");
        assertThat(calls.get(0).arguments()).isEqualTo(Json.object("city", "Rome"));
    }

    @Test
    void anErrorWithStatus200IsAnError() throws Exception {
        raw("{\"error\":{\"code\":429,\"message\":\"slow down\"}}");
        assertThat(Asked.plainly(model(), call("go")).code()).isEqualTo("model.rate_limited");
    }

    @Test
    void aRefusalIsNoAnswer() throws Exception {
        raw(
                "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I will not.\"},\"finish_reason\":\"stop\"}]}");
        var answer = Asked.plainly(model(), call("go")).answer();
        assertThat(answer.finish()).isEqualTo(Finish.REFUSED);
        assertThat(answer.message().text()).isEqualTo("I will not.");
    }

    private void raw(String body) {
        wire().replies(
                        Reply.of(
                                new Piece.Raw(
                                        ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))));
    }
}
