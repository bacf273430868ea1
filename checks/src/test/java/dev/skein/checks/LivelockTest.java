package dev.skein.checks;

import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.said;
import static dev.skein.checks.Flows.tools;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.GuardEvent;
import dev.skein.event.ToolEvent;
import dev.skein.event.TurnEvent;
import dev.skein.failure.Failure;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Backoff;
import dev.skein.policy.Livelock;
import dev.skein.policy.Reaction;
import dev.skein.policy.RestartPolicy;
import dev.skein.policy.RunLimits;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Supervisor;
import dev.skein.tool.Approver;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of agents that call the same again and again. */
@Tag("CO-66")
@Tag("WF-86")
class LivelockTest {
    private static final ModelAgent<String> SEEKER = ModelAgent.of("seeker").withTools("search");
    private static final Livelock STOP = Livelock.standard().withLadder(new Reaction.Stop());

    record Query(String q) {}

    private final AtomicInteger searches = new AtomicInteger();
    private final Tool search =
            Tool.of(
                            "search",
                            "Searches",
                            Query.class,
                            _ -> {
                                searches.incrementAndGet();
                                return "nothing found";
                            })
                    .effect(Effect.READ_ONLY);

    private static ScriptedModel.Step looking() {
        return call("search", new Query("x"));
    }

    private RuntimeConfig config(ScriptedModel model, Livelock limits) {
        return RuntimeConfig.of(SEEKER)
                .withModel(model)
                .withNamedModel("script", model)
                .withTools(search)
                .withLimits(RunLimits.standard().withMaxTurns(30).withLivelock(limits));
    }

    private static Failure failure(RunResult<?> result) {
        return ((RunResult.Failed<?>) result).failure();
    }

    private static List<String> reactions(AgentRuntime runtime) throws InterruptedException {
        return Facts.all(runtime, GuardEvent.LivelockSuspected.class).stream()
                .map(GuardEvent.LivelockSuspected::reaction)
                .toList();
    }

    @Test
    @Tag("CO-65")
    void theThirdEqualCallIsNudgedTheFourthTakesTheToolsAndTheFifthIsTheEnd() throws Exception {
        var model = always(looking());
        try (var runtime = AgentRuntime.open(config(model, Livelock.standard()))) {
            var result = runtime.run(SEEKER, Task.of("find it"));
            var entries =
                    Facts.of(runtime).stream()
                            .filter(entry -> entry.event() instanceof ToolEvent.ToolCalled)
                            .map(entry -> "search " + entry.seq())
                            .toList();
            assertThat(failure(result).code()).isEqualTo("limit.livelock");
            assertThat(failure(result).message())
                    .contains("'search'", "5 times", String.join(", ", entries));
            assertThat(reactions(runtime)).containsExactly("nudge", "answer_now", "stop");
            assertThat(Facts.all(runtime, TurnEvent.TurnEnded.class)).hasSize(5);
        }
        assertThat(searches).hasValue(4);
        assertThat(model.calls()).hasSize(5);
        assertThat(said(model.calls().get(2))).containsExactly("find it");
        assertThat(said(model.calls().get(3))).hasSize(2).last().asString().contains("repeat");
        assertThat(tools(model.calls().get(3))).containsExactly("search");
        assertThat(tools(model.calls().get(4))).isEmpty();
    }

    @Test
    void anAgentThatAnswersWhenItsToolsAreTakenHasAnswered() throws Exception {
        var model = ScriptedModel.of(looking(), looking(), looking(), looking(), text("nothing"));
        try (var runtime = AgentRuntime.open(config(model, Livelock.standard()))) {
            assertThat(runtime.run(SEEKER, Task.of("x")).orThrow()).isEqualTo("nothing");
        }
    }

    @Test
    void theTurnAfterTheOneWithoutToolsHasThemAgain() throws Exception {
        var elsewhere = call("search", new Query("y"));
        var model =
                ScriptedModel.of(
                        looking(),
                        looking(),
                        looking(),
                        looking(),
                        elsewhere,
                        elsewhere,
                        text("ok"));
        try (var runtime = AgentRuntime.open(config(model, Livelock.standard()))) {
            assertThat(runtime.run(SEEKER, Task.of("x")).orThrow()).isEqualTo("ok");
            assertThat(Facts.all(runtime, ToolEvent.ToolRefused.class)).hasSize(1);
        }
        assertThat(tools(model.calls().get(4))).isEmpty();
        assertThat(tools(model.calls().get(5))).containsExactly("search");
        assertThat(searches).hasValue(5);
    }

    @Test
    @Tag("CO-65")
    void pollingToolsAndAnEmptyLadderAreLeftAlone() throws Exception {
        var polled = always(looking());
        var config = config(polled, Livelock.standard().withPolling("search"));
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(failure(runtime.run(SEEKER, Task.of("x"))).code()).isEqualTo("limit.turns");
            assertThat(reactions(runtime)).isEmpty();
        }
        try (var runtime = AgentRuntime.open(config(always(looking()), Livelock.off()))) {
            assertThat(failure(runtime.run(SEEKER, Task.of("x"))).code()).isEqualTo("limit.turns");
            assertThat(reactions(runtime)).isEmpty();
        }
        assertThat(searches).hasValue(60);
    }

    @Test
    void theLimitsOfATaskBeatThoseOfItsAgentAndTheRuntime() throws Exception {
        try (var runtime = AgentRuntime.open(config(always(looking()), Livelock.off()))) {
            var task = Task.of("x").withLimits(RunLimits.Some.none().withLivelock(STOP));
            assertThat(failure(runtime.run(SEEKER, task)).code()).isEqualTo("limit.livelock");
        }
        assertThat(searches).hasValue(3);
    }

    @Test
    void theSameWrongAnswerIsNudged() throws Exception {
        record Figure(int value) {}
        var typed = ModelAgent.of("typed", Figure.class);
        var patient = typed.withContract(typed.contract().withRepairs(5));
        var model = ScriptedModel.of(text("no"), text("no"), text("no"), text("{\"value\": 1}"));
        var config = RuntimeConfig.of(patient).withModel(model);
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(patient, Task.of("x")).orThrow()).isEqualTo(new Figure(1));
            assertThat(reactions(runtime)).containsExactly("nudge");
        }
    }

    @Test
    void aParkedRunGoesOnWhenSomebodyAllowsItAndEndsWhenNobodyDoes() throws Exception {
        var asked = new ArrayList<String>();
        Approver twice =
                approval -> {
                    asked.add(approval.call().name() + ": " + approval.reasons().getFirst());
                    return asked.size() < 3
                            ? new Approver.Answer.Allow("go on")
                            : new Approver.Answer.Deny("enough");
                };
        var park = Livelock.standard().withLadder(new Reaction.Park());
        try (var runtime =
                AgentRuntime.open(config(always(looking()), park).withApprovers(twice))) {
            var failure = failure(runtime.run(SEEKER, Task.of("x")));
            assertThat(failure.code()).isEqualTo("limit.livelock");
            assertThat(failure.message()).contains("enough");
        }
        assertThat(searches).hasValue(9);
        assertThat(asked).hasSize(3).allMatch(one -> one.startsWith("search: it repeats calls"));
        try (var runtime = AgentRuntime.open(config(always(looking()), park))) {
            assertThat(failure(runtime.run(SEEKER, Task.of("x"))).message())
                    .contains("nobody is there");
        }
    }

    @Test
    void aLiveSessionIsSeenOverItsTurns() throws Exception {
        var model =
                ScriptedModel.of(
                        looking(), text("1"), looking(), text("2"), looking(), text("3"), looking(),
                        text("4"));
        var seen =
                Flows.run(
                        config(model, Livelock.standard().withLadder(new Reaction.Stop())),
                        scope -> {
                            var worker = scope.open(SEEKER);
                            worker.ask("go on");
                            worker.ask("go on");
                            worker.send("go on");
                            scope.await();
                            return null;
                        });
        assertThat(failure(seen.result()).code()).isEqualTo("limit.livelock");
        assertThat(searches).hasValue(3);
    }

    @Test
    void aNewMessageOfTheProgramBeginsAnew() throws Exception {
        var steps = new ArrayList<ScriptedModel.Step>();
        for (int i = 0; i < 12; i++) steps.addAll(List.of(looking(), text("the same")));
        var model = ScriptedModel.of(steps.toArray(ScriptedModel.Step[]::new));
        var seen =
                Flows.run(
                        config(model, STOP),
                        scope -> {
                            var worker = scope.open(SEEKER);
                            for (int i = 0; i < 12; i++) worker.ask("look for number " + i);
                            return "done";
                        });
        assertThat(seen.result().orThrow()).isEqualTo("done");
        assertThat(searches).hasValue(12);
    }

    @Test
    void theToolsOfALiveSessionAreTakenToo() throws Exception {
        var model = always(call("mine", Map.of()));
        var seen =
                Flows.run(
                        config(model, Livelock.standard()),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.on("mine", "Mine", Flows.Nothing.class, _ -> "same");
                            worker.send("go");
                            scope.await();
                            return null;
                        });
        assertThat(failure(seen.result()).code()).isEqualTo("limit.livelock");
        assertThat(tools(model.calls().get(3))).containsExactly("mine");
        assertThat(tools(model.calls().get(4))).isEmpty();
    }

    @Test
    void whatEscalatesIsNotOptional() throws Exception {
        var options = AgentSession.Options.standard().withOptional(true);
        var stopped =
                Flows.run(
                        config(always(looking()), STOP),
                        scope -> {
                            var worker = scope.open("worker", SEEKER, options);
                            var code = Flows.codeOf(() -> worker.ask("go"));
                            worker.close();
                            return code + " and on";
                        });
        assertThat(stopped.result().orThrow()).isEqualTo("limit.livelock and on");
        var escalate = Livelock.standard().withLadder(new Reaction.Escalate());
        var escalated =
                Flows.run(
                        config(always(looking()), escalate),
                        scope -> {
                            scope.open("worker", SEEKER, options).send("go");
                            scope.await();
                            return null;
                        });
        assertThat(failure(escalated.result()).code()).isEqualTo("limit.livelock");
    }

    @Test
    void aRunThatIsStartedAgainStandsOnTheSameRung() throws Exception {
        var child =
                Supervisor.Child.of(
                        "seeker",
                        Supervisor.Work.of(SEEKER, Task.of("go")),
                        RestartPolicy.transientChild().withBackoff(Backoff.none()));
        var supervisor =
                Supervisor.of(Supervisor.Strategy.ONE_FOR_ONE)
                        .intensity(1, Duration.ofMinutes(5))
                        .child(child);
        var seen =
                Flows.run(
                        config(always(looking()), Livelock.standard()),
                        scope -> scope.run(supervisor, null));
        assertThat(failure(seen.result()).code()).isEqualTo("run.escalated");
        assertThat(
                        seen.all(GuardEvent.LivelockSuspected.class).stream()
                                .map(GuardEvent.LivelockSuspected::reaction))
                .containsExactly("nudge", "answer_now", "stop", "stop");
        assertThat(searches).hasValue(4 + 3);
    }
}
