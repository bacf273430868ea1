package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.breakAfter;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Redact;
import dev.skein.agent.Task;
import dev.skein.event.RuntimeEvent;
import dev.skein.failure.ModelFailure;
import dev.skein.model.Delta;
import dev.skein.model.Message;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.policy.RetryRule;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.SessionKey;
import dev.skein.session.Transcript;
import dev.skein.testkit.SkeinAssertions;
import dev.skein.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same run with somebody who listens. */
class StreamTest {
    record Nothing() {}

    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas").withTools("note");
    private static final Tool NOTE = Tool.of("note", "Notes", Nothing.class, _ -> "noted");

    private static final Namespace BOB = Namespace.of("bob");

    private static List<Message> saved(AgentRuntime runtime) {
        return runtime.sessions().load(new SessionKey(BOB, "atlas")).orElseThrow().messages();
    }

    private static RuntimeConfig config(ScriptedModel model) {
        return RuntimeConfig.of(AGENT)
                .withModel(model)
                .withTools(NOTE)
                .withRetry(new RetryRule(3, Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private static String textSinceDiscarded(List<Delta> deltas) {
        var text = new StringBuilder();
        for (var delta : deltas) {
            switch (delta) {
                case Delta.Text(var piece) -> text.append(piece);
                case Delta.Discarded _ -> text.setLength(0);
                case Delta _ -> {}
            }
        }
        return text.toString();
    }

    @Test
    @Tag("AG-57")
    void deltasComeInOrderAndTheirTextsAreTheAnswer() throws Exception {
        var deltas = new ArrayList<Delta>();
        try (var runtime =
                AgentRuntime.open(
                        config(
                                ScriptedModel.of(
                                        call("note", new Nothing()),
                                        text("a longer answer in pieces"))))) {
            var result = runtime.run(AGENT, Task.of("x").in(BOB), deltas::add);
            assertThat(textSinceDiscarded(deltas)).isEqualTo(result.orThrow());
            assertThat(saved(runtime))
                    .extracting(Transcript::role)
                    .containsExactly("user", "assistant", "tool", "assistant");
            assertThat(saved(runtime).getLast().text()).isEqualTo(result.orThrow());
        }
        assertThat(deltas).contains(new Delta.TurnEnded(1), new Delta.TurnEnded(2));
        assertThat(deltas.indexOf(new Delta.TurnEnded(1)))
                .isGreaterThan(
                        deltas.stream()
                                .map(Delta::getClass)
                                .toList()
                                .indexOf(Delta.CallStarted.class));
        assertThat(deltas.getLast()).isEqualTo(new Delta.TurnEnded(2));
    }

    @Test
    @Tag("AG-57")
    void whatAnInterceptorMakesOfAnAnswerIsWhatWasSaid() throws Exception {
        var deltas = new ArrayList<Delta>();
        var config =
                config(always(text("card 4111111111111111")))
                        .withInterceptors(new Redact("\\b\\d{16}\\b"));
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(AGENT, Task.of("x"), deltas::add).orThrow())
                    .isEqualTo("card ▇▇▇");
        }
        assertThat(textSinceDiscarded(deltas)).isEqualTo("card ▇▇▇");
        assertThat(deltas.getLast()).isEqualTo(new Delta.TurnEnded(1));
    }

    @Test
    @Tag("AG-57")
    @Tag("AG-58")
    void anAnswerThatBreaksOffIsDiscardedAndRecordedNowhere() throws Exception {
        var deltas = new ArrayList<Delta>();
        var model =
                ScriptedModel.of(
                        breakAfter("half an ans", new ModelFailure.StreamBroken("m", 11, 1)),
                        text("whole"));
        try (var runtime = AgentRuntime.open(config(model))) {
            assertThat(runtime.run(AGENT, Task.of("x").in(BOB), deltas::add).orThrow())
                    .isEqualTo("whole");
            assertThat(deltas).contains(new Delta.Discarded(1));
            assertThat(textSinceDiscarded(deltas)).isEqualTo("whole");
            assertThat(saved(runtime).toString()).doesNotContain("half");
            SkeinAssertions.assertThat(runtime.journal()).noSecret("half an ans");
        }
    }

    @Test
    @Tag("AG-57")
    void aListenerThatThrowsIsDetachedAndNoted() throws Exception {
        var heard = new ArrayList<Delta>();
        try (var runtime = AgentRuntime.open(config(always(text("a longer answer in pieces"))))) {
            var result =
                    runtime.run(
                            AGENT,
                            Task.of("x"),
                            delta -> {
                                heard.add(delta);
                                throw new IllegalStateException("tired");
                            });
            assertThat(result.isCompleted()).isTrue();
            assertThat(heard).hasSize(1);
            assertThat(Facts.all(runtime, RuntimeEvent.ObserverFailed.class))
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.failure().message()).contains("tired"));
        }
    }
}
