package dev.skein.models;

import static dev.skein.models.Lent.NOON;
import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.set;
import static dev.skein.models.Lent.with;
import static dev.skein.models.Loopback.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.ModelFailure;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.Message;
import dev.skein.model.ModelSettings;
import dev.skein.model.Part;
import dev.skein.model.Usage;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import dev.skein.testkit.Wire;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to this wire. */
class AnthropicTest {
    private final Loopback loopback = new Loopback("anthropic");

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
    void aLimitIsSentAlsoWhenNoneIsSet() throws Exception {
        var _ = Asked.plainly(model(), call("go")).answer();
        assertThat(sent().get("max_tokens").asLong()).isEqualTo(1024);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thoughtsGoBackWithTheirProof(boolean streamed) throws Exception {
        wire().replies(
                        Reply.of(
                                new Piece.Reasoning("Rome is warm."),
                                new Piece.Text("Let me see."),
                                Piece.call("weather", Json.object("city", "Rome"))))
                .replies("Done.");
        var settings = ModelSettings.unset().withMaxTokens(4000).withReasoning("low");
        var model = model();
        var first =
                Asked.of(model, set(with(call("go"), WEATHER), settings), streamed)
                        .answer()
                        .message();
        assertThat(sent().path("/thinking/budget_tokens").asLong()).isEqualTo(2048);
        assertThat(sent().get("max_tokens").asLong()).isEqualTo(4000 + 2048);
        assertThat(first.parts())
                .containsExactly(
                        new Part.Reasoning("Rome is warm.", "fake-signature"),
                        new Part.Text("Let me see."));
        var results =
                new Message.Results(
                        List.of(new ToolResult(first.calls().getFirst().id(), "sunny", false)),
                        NOON);
        var talk = List.<Message>of(Message.User.of("go", NOON), first, results);
        var _ =
                Asked.of(model, set(with(call("run/2.1", talk), WEATHER), settings), streamed)
                        .answer();
        assertThat(sent().path("/messages/1/content/0"))
                .isEqualTo(
                        Json.object(
                                "type",
                                "thinking",
                                "thinking",
                                "Rome is warm.",
                                "signature",
                                "fake-signature"));
    }

    @Test
    void whatACacheHadToDoWithIsPartOfTheInput() throws Exception {
        wire().replies(Reply.text("x").withUsage(Usage.of(1000, 9).withCache(700, 200)));
        assertThat(Asked.plainly(model(), call("go")).answer().usage())
                .isEqualTo(Usage.of(1000, 9).withCache(700, 200));
        assertThat(wire().seen()).hasSize(1);
    }

    @Test
    void rolesTakeTurnsWhateverTheConversation() throws Exception {
        var talk =
                List.<Message>of(
                        Message.User.of("one", NOON),
                        Message.User.of("two", NOON),
                        Message.Assistant.of("", NOON),
                        Message.Assistant.of("three", NOON),
                        Message.Assistant.of("four", NOON),
                        Message.User.of("five", NOON));
        var _ = Asked.plainly(model(), call("run/1.1", talk)).answer();
        assertThat(sent().get("messages").items())
                .extracting(message -> message.get("role").text())
                .containsExactly("user", "assistant", "user");
    }

    @Test
    void argumentsThatAreNoObjectAreShownToTheModelInsideOfOne() throws Exception {
        var asked = Message.User.of("go", NOON);
        var wrong =
                Message.Assistant.of("", NOON)
                        .withCalls(
                                List.of(
                                        new ToolCall(
                                                "toolu_1",
                                                "weather",
                                                new Json.Text("{\"city\":"))));
        var results =
                new Message.Results(List.of(new ToolResult("toolu_1", "no JSON", true)), NOON);
        var _ =
                Asked.plainly(
                                model(),
                                with(call("run/2.1", List.of(asked, wrong, results)), WEATHER))
                        .answer();
        assertThat(sent().path("/messages/1/content/0/input/value").text()).isEqualTo("{\"city\":");
        assertThat(sent().path("/messages/2/content/0/is_error").asBoolean(false)).isTrue();
    }

    @Test
    void nothingToAddAfterResultsIsAnAnswer() throws Exception {
        wire().every(1, new Fault.Mangle(Fault.Mangling.NO_CHOICES));
        var called =
                Message.Assistant.of("", NOON)
                        .withCalls(
                                List.of(
                                        new ToolCall(
                                                "toolu_1",
                                                "weather",
                                                Json.object("city", "Rome"))));
        var results = new Message.Results(List.of(new ToolResult("toolu_1", "sunny", false)), NOON);
        var talk = List.<Message>of(Message.User.of("go", NOON), called, results);
        assertThat(
                        Asked.plainly(model(), with(call("run/2.1", talk), WEATHER))
                                .answer()
                                .message()
                                .text())
                .isEmpty();
    }

    @Test
    void errorsInAStreamSayWhatTheyAre() throws Exception {
        wire().at(1, new Fault.ErrorEvent(2, "rate_limit_error"))
                .at(2, new Fault.ErrorEvent(2, "overloaded_error"));
        var model = model();
        assertThat(Asked.of(model, call("go"), true).failure())
                .isInstanceOf(ModelFailure.RateLimited.class);
        assertThat(Asked.of(model, call("go"), true).failure())
                .isInstanceOfSatisfying(
                        ModelFailure.Overloaded.class,
                        busy -> assertThat(busy.status()).isEqualTo(529));
    }

    @Test
    void aSeedThatItDoesNotTakeIsRefused() throws Exception {
        assertThat(
                        Asked.plainly(model(), set(call("go"), ModelSettings.unset().withSeed(7)))
                                .code())
                .isEqualTo("model.bad_request");
        assertThat(wire().seen()).isEmpty();
    }
}
