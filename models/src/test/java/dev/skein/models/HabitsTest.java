package dev.skein.models;

import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.set;
import static dev.skein.models.Lent.typed;
import static dev.skein.models.Lent.with;
import static dev.skein.models.Loopback.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.ModelSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What some models of a provider want otherwise than its others. */
class HabitsTest {
    private static final ModelSettings LOW = ModelSettings.unset().withReasoning("low");

    @Test
    @Tag("AG-67")
    void aModelThatThinksAsNeededIsToldAnEffortBesideTheShape() throws Exception {
        try (var anthropic = new Loopback("anthropic")) {
            var asked = set(typed(call("go"), JsonType.of(Loopback.City.class)), LOW);
            var _ = Asked.plainly(anthropic.model("claude-sonnet-5-5"), asked).answer();

            assertThat(anthropic.sent().path("/output_config/effort").text()).isEqualTo("low");
            assertThat(anthropic.sent().path("/output_config/format/type").text())
                    .isEqualTo("json_schema");
            assertThat(anthropic.sent().path("/thinking/budget_tokens")).isEqualTo(Json.nothing());
            assertThat(anthropic.sent().get("max_tokens").asLong()).isEqualTo(1024);
        }
    }

    @Test
    void thoughtsThatAreBoundMayBeDropped() throws Exception {
        try (var anthropic = new Loopback("anthropic")) {
            var _ = Asked.plainly(anthropic.model("claude-sonnet-5-5"), call("go")).answer();

            assertThat(
                            anthropic
                                    .sent()
                                    .path("/thinking/block_binding/prefix_mismatch_behavior")
                                    .text())
                    .isEqualTo("drop_block");
            assertThat(anthropic.wire().seen().getLast().envelope().headers())
                    .containsKey("anthropic-beta");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-haiku-4-5", "claude-sonnet-5"})
    void nothingNewIsSaidToOthers(String name) throws Exception {
        try (var anthropic = new Loopback("anthropic")) {
            var _ = Asked.plainly(anthropic.model(name), call("go")).answer();

            assertThat(anthropic.sent().fields()).doesNotContainKeys("thinking", "output_config");
            assertThat(anthropic.wire().seen().getLast().envelope().headers())
                    .doesNotContainKey("anthropic-beta");
        }
    }

    @Test
    void aModelThatActsOnlyWithoutReasoningIsToldNotToWhenItHasTools() throws Exception {
        try (var openai = new Loopback("openai")) {
            var luna = openai.model("gpt-6-luna");
            var _ = Asked.plainly(luna, with(call("go"), WEATHER)).answer();
            assertThat(openai.sent().get("reasoning_effort").text()).isEqualTo("none");

            var _ = Asked.plainly(luna, call("go")).answer();
            assertThat(openai.sent().fields()).doesNotContainKey("reasoning_effort");
        }
    }

    @Test
    void whoWantsToolsAndReasoningAllTheSameHearsTheProvidersReason() throws Exception {
        try (var openai = new Loopback("openai")) {
            var asked = set(with(call("go"), WEATHER), LOW);
            var refused = Asked.plainly(openai.model("gpt-6-luna"), asked);

            assertThat(refused.code()).isEqualTo("model.bad_request");
            assertThat(refused.failure().message()).contains("reasoning_effort");
        }
    }
}
