package dev.skein.models;

import static dev.skein.models.Lent.NOON;
import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.set;
import static dev.skein.models.Lent.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.Limit;
import dev.skein.failure.ModelFailure;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.ModelSettings;
import dev.skein.model.Provider;
import dev.skein.policy.Secret;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Reply;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all our providers do alike and the contract of models does not look at. */
class ProvidersTest {
    sealed interface Route {
        record Billing(String urgency) implements Route {}

        record Technical(String component) implements Route {}
    }

    static List<String> names() {
        return List.of("openai", "anthropic", "gemini", "mistral", "ollama", "bedrock");
    }

    static List<String> keyed() {
        return List.of("openai", "anthropic", "gemini", "mistral", "bedrock");
    }

    @ParameterizedTest
    @MethodSource("names")
    @Tag("AG-48")
    @Tag("AG-67")
    void whenToTryAgainIsUnderstoodInAllItsForms(String name) throws Exception {
        try (var loopback = new Loopback(name)) {
            loopback.wire()
                    .at(1, Fault.rateLimited(Duration.ofSeconds(7)))
                    .at(2, Fault.rateLimited(NOON.plusSeconds(90)))
                    .at(3, Fault.rateLimitedMillis(Duration.ofMillis(700)))
                    .at(4, Fault.rateLimited())
                    .at(5, Fault.status(503).with("retry-after", "3"))
                    .at(6, Fault.status(429).with("retry-after", "nonsense"));
            var delays = new ArrayList<Duration>();
            var model = loopback.model();
            for (int i = 0; i < 6; i++) {
                var failure = Asked.of(model, call("go"), i % 2 == 1).failure();
                delays.add(((ModelFailure.RateLimited) failure).delay());
            }
            assertThat(delays)
                    .containsExactly(
                            Duration.ofSeconds(7),
                            Duration.ofSeconds(90),
                            Duration.ofMillis(700),
                            Duration.ZERO,
                            Duration.ofSeconds(3),
                            Duration.ZERO);
        }
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void aRefusedKeyIsNamedByItsVariable(String name) throws Exception {
        try (var loopback = new Loopback(name)) {
            loopback.wire().at(1, Fault.status(401));
            var asked = Asked.plainly(loopback.model(), call("go"));
            assertThat(asked.failure()).isInstanceOf(ModelFailure.Auth.class);
            var variable = name.equals("bedrock") ? "AWS_SECRET_ACCESS_KEY" : name + "_API_KEY";
            assertThat(asked.failure().remedy()).containsIgnoringCase(variable);
            assertThat(asked.everything()).doesNotContain(loopback.wire().key());
        }
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void aGivenAddressAndKeyNeedNoEnvironment(String name) throws Exception {
        try (var loopback = new Loopback(name);
                var bare = new Lent()) {
            var key = Secret.of("MY_KEY", loopback.wire().key().toCharArray());
            var model = given(name, loopback.wire().base(), key).model("test-1", bare);
            loopback.wire().replies("Yes.").at(2, Fault.status(403));
            assertThat(Asked.plainly(model, call("go")).answer().message().text())
                    .isEqualTo("Yes.");
            assertThat(Asked.plainly(model, call("go")).failure().remedy()).contains("MY_KEY");
        }
    }

    private static Provider given(String name, URI base, Secret key) {
        return switch (name) {
            case "openai" -> Providers.openai(base, key);
            case "anthropic" -> Providers.anthropic(base, key);
            case "gemini" -> Providers.gemini(base, key);
            case "mistral" -> Providers.mistral(base, key);
            case "bedrock" -> Providers.bedrock(base, key);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @MethodSource("keyed")
    @Tag("AG-62")
    void aWrongKeyIsRefusedByTheProviderAndNotShown(String name) throws Exception {
        try (var loopback = new Loopback(name);
                var bare = new Lent()) {
            var wrong = Secret.of("MY_KEY", "wrong-key-of-mine".toCharArray());
            var model = given(name, loopback.wire().base(), wrong).model("test-1", bare);
            var asked = Asked.plainly(model, call("go"));
            assertThat(asked.code()).isEqualTo("model.auth");
            assertThat(asked.everything()).doesNotContain("wrong-key-of-mine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "mistral"})
    @Tag("AG-52")
    void anOverflowSaysHowMuchTheModelReads(String name) throws Exception {
        try (var loopback = new Loopback(name)) {
            loopback.wire().contextTokens(50);
            var asked = Asked.plainly(loopback.model(), call("far too long ".repeat(100)));
            assertThat(asked.failure())
                    .isInstanceOfSatisfying(
                            Limit.Context.class,
                            limit -> assertThat(limit.available()).isEqualTo(50));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    @Tag("AG-52")
    void aRefusalThatOnlySpeaksOfTokensIsNoOverflow(String name) throws Exception {
        try (var loopback = new Loopback(name)) {
            var body = "{\"error\":{\"message\":\"max_tokens must be at least 1 token\"}}";
            var json = Map.of("content-type", "application/json");
            loopback.wire().at(1, new Fault.Status(400, json, body));
            assertThat(Asked.plainly(loopback.model(), call("go")).code())
                    .isEqualTo("model.bad_request");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPageInPlaceOfAnAnswerIsABadReply(String name) throws Exception {
        try (var loopback = new Loopback(name)) {
            loopback.wire().at(1, Fault.page(200)).at(2, Fault.page(200));
            for (var streamed : List.of(false, true))
                assertThat(Asked.of(loopback.model(), call("go"), streamed).code())
                        .isEqualTo("model.bad_reply");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aToolWhoseInputIsNoObjectGetsWhatItTakes(String name) throws Exception {
        var route = Tool.of("route", "Routes", Route.class, taken -> taken).spec();
        Json billing = Json.object("type", "Billing", "urgency", "high");
        try (var loopback = new Loopback(name)) {
            loopback.wire().calls("route", Json.object("value", billing));
            var asked = Asked.plainly(loopback.model(), with(call("go"), route));
            assertThat(asked.answer().message().calls())
                    .extracting(ToolCall::arguments)
                    .containsExactly(billing);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    @Tag("AG-67")
    void howToDrawIsSent(String name) throws Exception {
        try (var loopback = new Loopback(name)) {
            loopback.wire().script(_ -> Reply.text("Yes."));
            var settings = ModelSettings.unset().withMaxTokens(77).withTopP(0.25);
            for (var streamed : List.of(false, true)) {
                var _ = Asked.of(loopback.model(), set(call("go"), settings), streamed).answer();
                assertThat(loopback.sent().canonical()).contains("77", "0.25");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void answersAreDatedByTheRuntimesClock(String name) throws Exception {
        try (var loopback = new Loopback(name)) {
            loopback.wire().replies("Yes.");
            assertThat(Asked.plainly(loopback.model(), call("go")).answer().message())
                    .isEqualTo(Message.Assistant.of("Yes.", NOON));
        }
    }
}
