package dev.skein.checks;

import static dev.skein.models.ScriptedModel.breakAfter;
import static dev.skein.models.ScriptedModel.text;
import static dev.skein.models.ScriptedModel.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Retry;
import dev.skein.agent.Task;
import dev.skein.failure.ModelFailure;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.json.Range;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.RetryRule;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A typed answer while it comes. */
@Tag("AG-57")
class LiveValueTest {
    record Report(String title, List<String> findings, @Range(min = 0, max = 1) double sure) {}

    private static final ModelAgent<Report> AGENT = ModelAgent.of("judge", Report.class);
    private static final Report REPORT =
            new Report("What was found", List.of("first thing", "second \"thing\" 🦢"), 0.75);
    private static final Json WHOLE = JsonType.of(Report.class).encode(REPORT);
    private static final ModelFailure BROKEN = new ModelFailure.StreamBroken("m", 11, 1);

    private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final List<Delta> heard = new ArrayList<>();

    private RuntimeConfig config(ScriptedModel model) {
        return RuntimeConfig.of(AGENT)
                .withModel(model)
                .withRetry(new RetryRule(3, Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    /** Types a character each ten milliseconds. */
    private final class Typing implements ScriptedModel.Step {
        private final String text;

        Typing(String text) {
            this.text = text;
        }

        @Override
        public ModelReply answer(ModelCall call) throws InterruptedException {
            return text(text).answer(call);
        }

        @Override
        public ModelReply answer(ModelCall call, DeltaListener deltas) throws InterruptedException {
            text.codePoints()
                    .forEach(point -> {
                        deltas.on(new Delta.Text(Character.toString(point)));
                        clock.advance(Duration.ofMillis(10));
                    });
            return answer(call);
        }
    }

    private List<Json> values() {
        return heard.stream()
                .filter(Delta.Value.class::isInstance)
                .map(delta -> ((Delta.Value) delta).soFar())
                .toList();
    }

    @Test
    void theValueGrowsAtMostTenTimesASecondAndIsWholeAtTheEnd() throws Exception {
        var times = new ArrayList<Long>();
        var answer = "Here it is:\n```json\n" + WHOLE.canonical() + "\n```";
        var model = ScriptedModel.of(new Typing(answer));
        try (var runtime = AgentRuntime.open(config(model).withClock(clock))) {
            var result =
                    runtime.run(
                            AGENT,
                            Task.of("x"),
                            delta -> {
                                heard.add(delta);
                                if (delta instanceof Delta.Value) times.add(clock.nanos());
                            });
            assertThat(result.orThrow()).isEqualTo(REPORT);
        }
        assertThat(times).hasSizeBetween(5, answer.length() / 10 + 1);
        for (int i = 1; i < times.size() - 1; i++)
            assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(100_000_000);
        assertThat(values().getFirst().get("findings")).isEqualTo(Json.nothing());
        assertThat(values()).doesNotHaveDuplicates();
        assertThat(values().getLast()).isEqualTo(WHOLE);
        assertThat(heard.getLast()).isEqualTo(new Delta.TurnEnded(1));
        for (var soFar : values()) assertThat(REPORT.title()).startsWith(soFar.get("title").text());
    }

    @Test
    void anAnswerThatBreaksOffIsVoidedWithItsValues() throws Exception {
        var half = WHOLE.canonical().substring(0, 40);
        try (var runtime =
                AgentRuntime.open(
                        config(ScriptedModel.of(breakAfter(half, BROKEN), value(REPORT))))) {
            runtime.run(AGENT, Task.of("x"), heard::add).orThrow();
        }
        int voided = heard.indexOf(new Delta.Discarded(1));
        assertThat(heard.subList(0, voided)).hasAtLeastOneElementOfType(Delta.Value.class);
        assertThat(heard.subList(voided, heard.size())).contains(new Delta.Value(WHOLE));
        assertThat(values().getLast()).isEqualTo(WHOLE);
    }

    @Test
    void aModelThatIsGivenUpForAnotherIsVoidedToo() throws Exception {
        var refused = new ModelFailure.BadRequest("m", "no");
        var half = ScriptedModel.of(breakAfter("{\"title\":\"never", refused));
        var agent = AGENT.withModel("half", "whole");
        var config =
                RuntimeConfig.of(agent)
                        .withNamedModel("half", half)
                        .withNamedModel("whole", ScriptedModel.of(value(REPORT)));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(agent, Task.of("x"), heard::add).orThrow();
        }
        assertThat(heard).contains(new Delta.Discarded(1));
        assertThat(textSinceDiscarded()).isEqualTo(WHOLE.canonical());
    }

    @Test
    void aRunThatIsRunAgainIsVoidedToo() throws Exception {
        var model = ScriptedModel.of(breakAfter("{\"title\":\"never", BROKEN), value(REPORT));
        var config =
                config(model)
                        .withRetry(new RetryRule(1, Duration.ofMillis(1), Duration.ofMillis(1)))
                        .withInterceptors(new Retry(2, Duration.ofMillis(1)));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(AGENT, Task.of("x"), heard::add).orThrow();
        }
        assertThat(heard).contains(new Delta.Discarded(1));
        assertThat(textSinceDiscarded()).isEqualTo(WHOLE.canonical());
    }

    private String textSinceDiscarded() {
        var text = new StringBuilder();
        for (var delta : heard) {
            switch (delta) {
                case Delta.Text(var piece) -> text.append(piece);
                case Delta.Discarded _ -> text.setLength(0);
                case Delta _ -> {}
            }
        }
        return text.toString();
    }

    @Test
    void aValueThatDoesNotFitIsNeverTheLast() throws Exception {
        var wrong = Map.of("title", "t", "findings", List.of(), "sure", 80);
        try (var runtime =
                AgentRuntime.open(config(ScriptedModel.of(value(wrong), value(REPORT))))) {
            runtime.run(AGENT, Task.of("x"), heard::add).orThrow();
        }
        int second = heard.indexOf(new Delta.TurnEnded(1));
        assertThat(heard.subList(0, second)).hasAtLeastOneElementOfType(Delta.Value.class);
        assertThat(values().getLast()).isEqualTo(WHOLE);
        assertThat(heard.getLast()).isEqualTo(new Delta.TurnEnded(2));
    }

    @Test
    void aTextHasNoValue() throws Exception {
        var plain = ModelAgent.of("plain");
        try (var runtime = AgentRuntime.open(config(ScriptedModel.always(text("{\"a\":1}"))))) {
            runtime.run(plain, Task.of("x"), heard::add).orThrow();
        }
        assertThat(values()).isEmpty();
    }

    @Test
    void aVeryLongTextIsReadOnlyWhenItIsWhole() throws Exception {
        var title = "long ".repeat(400_000);
        var report = new Report(title, List.of(), 1);
        var model = ScriptedModel.of(value(report));
        try (var runtime = AgentRuntime.open(config(model).withClock(clock))) {
            runtime.run(
                            AGENT,
                            Task.of("x"),
                            delta -> {
                                heard.add(delta);
                                clock.advance(Duration.ofMillis(100));
                            })
                    .orThrow();
        }
        assertThat(values()).hasSize(3);
        assertThat(values().getLast().get("title").text()).hasSize(title.length());
    }
}
