package dev.skein.models;

import static dev.skein.models.Lent.NOON;
import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.set;
import static dev.skein.models.Lent.with;
import static dev.skein.models.Loopback.TIME;
import static dev.skein.models.Loopback.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelSettings;
import dev.skein.model.Provider.Offer;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is particular to Mistral and to Ollama, and to the libraries that speak to them. */
class OtherWiresTest {
    private static ModelCall answered() {
        var called =
                Message.Assistant.of("", NOON)
                        .withCalls(
                                List.of(
                                        new ToolCall("a-1", "weather", Json.object("city", "Rome")),
                                        new ToolCall("123456789", "time", Json.object())));
        var results =
                new Message.Results(
                        List.of(
                                new ToolResult("a-1", "sunny", false),
                                new ToolResult("123456789", "no clock", true)),
                        NOON);
        var talk = List.<Message>of(Message.User.of("go", NOON), called, results);
        return with(call("run/2.1", talk), WEATHER, TIME);
    }

    @Test
    void idsOfOtherModelsBecomeOnesThatMistralTakes() throws Exception {
        try (var loopback = new Loopback("mistral")) {
            var model = loopback.model();
            assertThat(Asked.plainly(model, answered()).code()).isEqualTo("answered");
            var first = loopback.sent().get("messages");
            var id = first.path("/1/tool_calls/0/id").text();
            assertThat(id).matches("[a-zA-Z0-9]{9}");
            assertThat(first.path("/2/tool_call_id").text()).isEqualTo(id);
            assertThat(first.path("/1/tool_calls/1/id").text()).isEqualTo("123456789");
            assertThat(Asked.of(model, answered(), true).code()).isEqualTo("answered");
            assertThat(loopback.sent().path("/messages/2/tool_call_id").text()).isEqualTo(id);
        }
    }

    @Test
    void howMuchMistralThinksCannotBeSet() throws Exception {
        try (var loopback = new Loopback("mistral")) {
            var settings = ModelSettings.unset().withReasoning("high");
            assertThat(Asked.plainly(loopback.model(), set(call("go"), settings)).code())
                    .isEqualTo("model.bad_request");
            assertThat(loopback.wire().seen()).isEmpty();
        }
    }

    @Test
    void ollamaIsToldOfWhichToolAResultIs() throws Exception {
        try (var loopback = new Loopback("ollama")) {
            assertThat(Asked.plainly(loopback.model(), answered()).code()).isEqualTo("answered");
            assertThat(loopback.sent().get("messages").items())
                    .filteredOn(message -> message.get("role").text().equals("tool"))
                    .extracting(message -> message.get("tool_name").text())
                    .containsExactly("weather", "time");
        }
    }

    @Test
    @Tag("AG-63")
    void ollamaOffersTheFirstOfItsModelsWhileItAnswers() throws Exception {
        var loopback = new Loopback("ollama");
        try (loopback;
                var lent = new Lent(loopback.provider().environment())) {
            assertThat(Loopback.provider("ollama").offer(lent).map(Offer::model))
                    .contains("fake:latest");
        }
        try (var lent = new Lent(loopback.provider().environment())) {
            assertThat(Loopback.provider("ollama").offer(lent)).isEmpty();
        }
    }

    @Test
    void ollamaNeedsNoKeyAndCostsNothing() throws Exception {
        try (var loopback = new Loopback("ollama")) {
            loopback.wire().replies("Yes.");
            assertThat(Asked.of(loopback.model(), call("go"), true).answer().message().text())
                    .isEqualTo("Yes.");
            assertThat(loopback.wire().seen().getLast().envelope().headers())
                    .doesNotContainKey("authorization");
            assertThat(Loopback.provider("ollama").price("any", new Lent())).isPresent();
        }
    }
}
