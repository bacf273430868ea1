package dev.skein.models;

import static dev.skein.models.Lent.NOON;
import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.set;
import static dev.skein.models.Lent.typed;
import static dev.skein.models.Lent.with;
import static dev.skein.models.Loopback.TIME;
import static dev.skein.models.Loopback.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.ModelFailure;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.Message;
import dev.skein.model.ModelSettings;
import dev.skein.model.Part;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to this wire, and to the library that speaks it. */
class GeminiTest {
    private final Loopback loopback = new Loopback("gemini");

    @AfterEach
    void nothingIsLeft() {
        loopback.close();
    }

    record Counted(Map<String, Integer> counts) {}

    record Nothing() {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thoughtsGoBackWithTheirProof(boolean streamed) throws Exception {
        loopback.wire()
                .replies(
                        Reply.of(
                                new Piece.Reasoning("Rome is warm."),
                                Piece.call("weather", Json.object("city", "Rome"))))
                .replies("Done.");
        var settings = ModelSettings.unset().withMaxTokens(4000).withReasoning("low");
        var asked = set(with(call("go"), WEATHER), settings);
        var first = Asked.of(loopback.model(), asked, streamed).answer().message();
        assertThat(loopback.sent().path("/generationConfig/thinkingConfig/thinkingBudget").asLong())
                .isEqualTo(2048);
        assertThat(first.parts()).containsExactly(new Part.Reasoning("Rome is warm.", "ZmFrZQ=="));
        var answered = first.withCalls(List.of(first.calls().getFirst().withId("made-up")));
        var results = new Message.Results(List.of(new ToolResult("made-up", "sunny", false)), NOON);
        var talk = List.<Message>of(Message.User.of("go", NOON), answered, results);
        var next = set(with(call("run/2.1", talk), WEATHER), settings);
        assertThat(Asked.of(loopback.model(), next, streamed).answer().message().text())
                .isEqualTo("Done.");
        assertThat(loopback.sent().canonical()).contains("\"thoughtSignature\":\"ZmFrZQ==\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSignatureGoesBackAlsoWhereNoThoughtWasShown(boolean streamed) throws Exception {
        loopback.wire()
                .replies(Reply.of(Piece.call("weather", Json.object("city", "Rome"))))
                .replies("Done.");
        var model = loopback.model("gemini-3.5-flash-lite");
        var first = Asked.of(model, with(call("go"), WEATHER), streamed).answer().message();
        var id = first.calls().getFirst().id();
        var results = new Message.Results(List.of(new ToolResult(id, "sunny", false)), NOON);
        var talk = List.<Message>of(Message.User.of("go", NOON), first, results);

        var next = Asked.of(model, with(call("run/2.1", talk), WEATHER), streamed);

        assertThat(next.answer().message().text()).isEqualTo("Done.");
    }

    @Test
    void callsThatAnotherModelMadeAreTakenOver() throws Exception {
        loopback.wire().replies("Done.");
        var theirs =
                Message.Assistant.of("", NOON)
                        .withCalls(
                                List.of(new ToolCall("a", "weather", Json.object("city", "Rome"))));
        var results = new Message.Results(List.of(new ToolResult("a", "sunny", false)), NOON);
        var talk = List.<Message>of(Message.User.of("go", NOON), theirs, results);
        var asked = with(call("run/2.1", talk), WEATHER);

        var next = Asked.plainly(loopback.model("gemini-3.5-flash-lite"), asked);

        assertThat(next.answer().message().text()).isEqualTo("Done.");
    }

    @Test
    void resultsOfOneTurnAreSentTogether() throws Exception {
        var called =
                Message.Assistant.of("", NOON)
                        .withCalls(
                                List.of(
                                        new ToolCall("a", "weather", Json.object("city", "Rome")),
                                        new ToolCall("b", "time", Json.object("city", "Rome"))));
        var results =
                new Message.Results(
                        List.of(
                                new ToolResult("a", "sunny", false),
                                new ToolResult("b", "no clock", true)),
                        NOON);
        var talk = List.<Message>of(Message.User.of("go", NOON), called, results);
        var asked = with(call("run/2.1", talk), WEATHER, TIME);
        assertThat(Asked.plainly(loopback.model(), asked).code()).isEqualTo("answered");
        assertThat(loopback.sent().get("contents").items()).hasSize(3);
        assertThat(loopback.wire().seen().getLast().results()).containsExactly("sunny", "no clock");
    }

    @Test
    void toolsAreSentWithTheirWholeSchemas() throws Exception {
        var count = Tool.of("count", "Counts", Counted.class, asked -> asked).spec();
        var rest = Tool.of("rest", "Rests", Nothing.class, asked -> asked).spec();
        assertThat(Asked.plainly(loopback.model(), with(call("go"), count, rest)).code())
                .isEqualTo("answered");
        var declared = loopback.sent().path("/tools/0/functionDeclarations");
        assertThat(declared.at(0).get("parametersJsonSchema")).isEqualTo(count.input().schema());
        assertThat(declared.at(1).fields()).containsOnlyKeys("name", "description");
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.5-flash, false", "gemini-3-pro, true"})
    void aSchemaBesideToolsIsSentToThoseWhoTakeIt(String model, boolean both) throws Exception {
        var asked = typed(with(call("go"), WEATHER), JsonType.of(Loopback.City.class));
        assertThat(Asked.plainly(loopback.model(model), asked).code()).isEqualTo("answered");
        var sent = loopback.sent();
        assertThat(sent.path("/generationConfig/responseJsonSchema").isNull()).isEqualTo(!both);
        assertThat(sent.get("systemInstruction").canonical().contains("city")).isEqualTo(!both);
    }

    @Test
    void whenToTryAgainIsFoundAmongTheDetails() throws Exception {
        var body =
                """
                {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"You exceeded your\
                 current quota, please check your plan and billing details.","details":[{"@type":\
                "type.googleapis.com/google.rpc.RetryInfo","retryDelay":"7.5s"}]}}\
                """;
        var json = Map.of("content-type", "application/json");
        loopback.wire().every(1, new Fault.Status(429, json, body));
        for (var streamed : List.of(false, true))
            assertThat(Asked.of(loopback.model(), call("go"), streamed).failure())
                    .isInstanceOfSatisfying(
                            ModelFailure.RateLimited.class,
                            limited ->
                                    assertThat(limited.delay()).isEqualTo(Duration.ofMillis(7500)));
    }

    @Test
    void errorsInAStreamSayWhatTheyAre() throws Exception {
        loopback.wire()
                .at(1, new Fault.ErrorEvent(2, "RESOURCE_EXHAUSTED"))
                .at(2, new Fault.ErrorEvent(2, "UNAVAILABLE"));
        assertThat(Asked.of(loopback.model(), call("go"), true).code())
                .isEqualTo("model.rate_limited");
        assertThat(Asked.of(loopback.model(), call("go"), true).code())
                .isEqualTo("model.overloaded");
    }

    @Test
    void fieldsThatTheLibraryCannotSayAreRefused() throws Exception {
        var settings = ModelSettings.unset().withExtra(Map.of("user", Json.of("bob")));
        assertThat(Asked.plainly(loopback.model(), set(call("go"), settings)).code())
                .isEqualTo("model.bad_request");
        assertThat(loopback.wire().seen()).isEmpty();
    }

    @Test
    void seedsAreSent() throws Exception {
        var settings = ModelSettings.unset().withSeed(7);
        var _ = Asked.plainly(loopback.model(), set(call("go"), settings)).answer();
        assertThat(loopback.sent().path("/generationConfig/seed").asLong()).isEqualTo(7);
    }
}
