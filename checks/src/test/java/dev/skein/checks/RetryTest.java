package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.Concurrency;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.Retry;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.ModelEvent;
import dev.skein.event.RunEvent;
import dev.skein.failure.Limit;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.OutputFailure;
import dev.skein.model.Message;
import dev.skein.model.ModelInfo;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.policy.RetryRule;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Model calls that fail: waits, tries, fallbacks, breakers. */
class RetryTest {
    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas");
    private static final Namespace BOB = Namespace.of("bob");
    private static final RetryRule AT_ONCE = new RetryRule(5, Duration.ZERO, Duration.ZERO);
    private static final ModelFailure OVERLOADED = new ModelFailure.Overloaded("m", 503, "busy");

    private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-01T12:00:00Z"));

    private RuntimeConfig config(ScriptedModel model) {
        return RuntimeConfig.of(AGENT)
                .withModel(model)
                .withClock(clock)
                .withRandom(new SplittableRandom(7));
    }

    @Test
    @Tag("AG-48")
    void aModelThatIsBusyIsAskedAgainAndChargedOnce() throws Exception {
        var model = ScriptedModel.of(fail(OVERLOADED), fail(OVERLOADED), text("ok").using(10, 5));
        try (var runtime = AgentRuntime.open(config(model))) {
            var handle = runtime.spawn(AGENT, Task.of("x"));
            for (int wait = 1; wait <= 2; wait++) passNextPause(runtime, wait);
            var result = handle.result();
            assertThat(result.orThrow()).isEqualTo("ok");
            assertThat(result.work().usage().total()).isEqualTo(15);
            assertThat(Facts.all(runtime, ModelEvent.ModelFailed.class)).hasSize(2);
        }
    }

    private void passNextPause(AgentRuntime runtime, int failures) throws InterruptedException {
        try (var reader = runtime.journal().read(dev.skein.event.Cursor.start())) {
            var seen = new AtomicInteger();
            assertThat(
                            reader.first(
                                    ModelEvent.ModelFailed.class,
                                    _ -> seen.incrementAndGet() == failures,
                                    Duration.ofSeconds(30)))
                    .isPresent();
        }
        clock.awaitWaiters(2);
        clock.advanceToNextWake();
    }

    @Test
    @Tag("AG-48")
    void theProvidersWaitIsKept() throws Exception {
        var model =
                ScriptedModel.of(
                        fail(
                                new ModelFailure.RateLimited(
                                        "m", Duration.ofSeconds(7), Duration.ZERO)),
                        text("ok"));
        try (var runtime = AgentRuntime.open(config(model))) {
            var handle = runtime.spawn(AGENT, Task.of("x"));
            clock.awaitWaiters(2);
            clock.advance(Duration.ofMillis(6_999));
            assertThat(model.calls()).hasSize(1);
            clock.advance(Duration.ofMillis(1));
            assertThat(handle.await()).isEqualTo("ok");
        }
    }

    @Test
    @Tag("AG-48")
    void aWaitBeyondTheDeadlineFailsAtOnceWithTheDelay() throws Exception {
        var model =
                ScriptedModel.of(
                        fail(
                                new ModelFailure.RateLimited(
                                        "m", Duration.ofMinutes(4), Duration.ZERO)));
        try (var runtime = AgentRuntime.open(config(model))) {
            var result = runtime.run(AGENT, Task.of("x").withDeadline(Duration.ofMinutes(1)));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isInstanceOfSatisfying(
                                                    ModelFailure.RateLimited.class,
                                                    limited -> {
                                                        assertThat(limited.delay())
                                                                .isEqualTo(Duration.ofMinutes(4));
                                                        assertThat(limited.left())
                                                                .isEqualTo(Duration.ofMinutes(1));
                                                    }));
        }
    }

    @Test
    @Tag("AG-48")
    void whatCannotGetBetterIsAskedOnce() throws Exception {
        for (var failure :
                List.of(
                        new ModelFailure.Auth("m", 401, "X_KEY"),
                        new ModelFailure.BadRequest("m", "no"),
                        new ModelFailure.Quota("m", 429, "spent"))) {
            var model = always(fail(failure));
            try (var runtime = AgentRuntime.open(config(model))) {
                assertThat(runtime.run(AGENT, Task.of("x")))
                        .isInstanceOfSatisfying(
                                RunResult.Failed.class,
                                failed ->
                                        assertThat(failed.failure().code())
                                                .isEqualTo(failure.code()));
                assertThat(model.calls()).hasSize(1);
            }
        }
    }

    @Test
    @Tag("AG-50")
    void whenAModelFailsForGoodTheNextAnswersAndTheRunStaysWithIt() throws Exception {
        record Nothing() {}
        var primary = always(fail(new ModelFailure.BadRequest("m", "no such model")));
        var fallback =
                ScriptedModel.of(
                        ScriptedModel.call("note", new Nothing()), text("from the fallback"));
        var agent = AGENT.withModel("first", "second").withTools("note");
        var config =
                RuntimeConfig.of(agent)
                        .withNamedModel("first", primary)
                        .withNamedModel("second", fallback)
                        .withTools(
                                dev.skein.tool.Tool.of(
                                        "note", "Notes", Nothing.class, _ -> "noted"));
        try (var runtime = AgentRuntime.open(config)) {
            var result = runtime.run(agent, Task.of("x"));
            assertThat(result.orThrow()).isEqualTo("from the fallback");
            assertThat(result.work().model()).isEqualTo("second");
            assertThat(primary.calls()).hasSize(1);
            assertThat(Facts.all(runtime, ModelEvent.ModelSwitched.class)).hasSize(1);
        }
    }

    @Test
    @Tag("AG-50")
    void whenAllFailThePrimarysFailureHasTheOthersAsCauses() throws Exception {
        var agent = AGENT.withModel("first", "second");
        var config =
                RuntimeConfig.of(agent)
                        .withNamedModel(
                                "first", always(fail(new ModelFailure.BadRequest("first", "no"))))
                        .withNamedModel(
                                "second",
                                always(fail(new ModelFailure.Auth("second", 401, "X_KEY"))));
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(agent, Task.of("x")))
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed -> {
                                assertThat(failed.failure())
                                        .isInstanceOf(ModelFailure.BadRequest.class);
                                assertThat(failed.failure().cause())
                                        .hasValueSatisfying(cause ->
                                                assertThat(cause)
                                                        .isInstanceOf(ModelFailure.Auth.class));
                            });
        }
    }

    @Test
    @Tag("AG-50")
    void anAnswerThatDoesNotFitNeverFallsBack() throws Exception {
        record Verdict(int score) {}
        var fallback = always(text("never"));
        var agent = ModelAgent.of("judge", Verdict.class).withModel("first", "second");
        var config =
                RuntimeConfig.of(agent)
                        .withNamedModel("first", always(text("no idea")))
                        .withNamedModel("second", fallback);
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(agent, Task.of("x")))
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isInstanceOf(OutputFailure.Invalid.class));
            assertThat(fallback.calls()).isEmpty();
        }
    }

    @Test
    @Tag("AG-52")
    void aModelThatSaysTooLongIsSentThreeQuarters() throws Exception {
        var model = ScriptedModel.of(fail(new Limit.Context(0, 0, 0, 0)), text("fits"));
        try (var runtime = AgentRuntime.open(config(roomy(model)))) {
            talk(runtime);
            assertThat(runtime.run(AGENT, Task.of("now").in(BOB)).orThrow()).isEqualTo("fits");
            var asked = Facts.all(runtime, ModelEvent.ModelAsked.class);
            assertThat(asked).hasSize(2);
            assertThat(asked.get(1).estimatedTokens())
                    .isLessThanOrEqualTo(asked.get(0).estimatedTokens() * 3 / 4);
        }
    }

    @Test
    @Tag("AG-52")
    void aModelThatAlwaysSaysTooLongIsAskedThreeTimes() throws Exception {
        var model = roomy(always(fail(new Limit.Context(0, 0, 0, 0))));
        try (var runtime = AgentRuntime.open(config(model))) {
            talk(runtime);
            assertThat(code(runtime.run(AGENT, Task.of("now").in(BOB)))).isEqualTo("limit.context");
        }
        assertThat(model.calls()).hasSize(3);
    }

    private static ScriptedModel roomy(ScriptedModel model) {
        var features = EnumSet.noneOf(ModelInfo.Feature.class);
        return model.withInfo(new ModelInfo("m", "test", 100_000, 1_000, features));
    }

    /** Something to leave out. */
    private static void talk(AgentRuntime runtime) throws InterruptedException {
        var at = Instant.EPOCH;
        var history = new ArrayList<Message>();
        for (int i = 0; i < 10; i++) {
            history.add(Message.User.of("q".repeat(400), at));
            history.add(Message.Assistant.of("a".repeat(400), at));
        }
        runtime.sessions().append(new SessionKey(BOB, "atlas"), 0, SessionChange.of(history, at));
    }

    @Test
    @Tag("AG-51")
    void noMoreCallsOfAGroupAreOpenThanItAllows() throws Exception {
        var open = new AtomicInteger();
        var most = new AtomicInteger();
        var release = new CountDownLatch(1);
        var model =
                always(call -> {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    if (open.get() == 2) release.countDown();
                    release.await();
                    open.decrementAndGet();
                    return text("x").answer(call);
                });
        var agent = AGENT.withModel(AGENT.model().withConcurrency(new Concurrency.Shared("few")));
        try (var runtime =
                AgentRuntime.open(RuntimeConfig.of(agent).withModel(model).withGroup("few", 2))) {
            runtime.gather(agent, java.util.Collections.nCopies(10, Task.of("x")))
                    .forEach(RunResult::orThrow);
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void aWholeRunIsTriedAgainWhileItsFailureMayPass() throws Exception {
        var model = ScriptedModel.of(fail(OVERLOADED), text("second time"));
        var config =
                config(model)
                        .withRetry(RetryRule.standard().withTries(1))
                        .withInterceptors(new Retry(2, Duration.ofSeconds(5)));
        try (var runtime = AgentRuntime.open(config)) {
            var handle = runtime.spawn(AGENT, Task.of("x"));
            clock.awaitWaiters(2);
            clock.advance(Duration.ofSeconds(5));
            assertThat(handle.await()).isEqualTo("second time");
            assertThat(Facts.all(runtime, RunEvent.RunRetried.class)).hasSize(1);
        }
    }

    @Test
    @Tag("AG-49")
    void aShutBreakerSendsTheNextRunToTheFallbackAtOnce() throws Exception {
        var primary = always(fail(new ModelFailure.Unreachable("first", "refused")));
        var agent =
                AGENT.withModel("first", "second")
                        .withModel(AGENT.withModel("first", "second").model().withRetry(AT_ONCE));
        var config =
                RuntimeConfig.of(agent)
                        .withNamedModel("first", primary)
                        .withNamedModel("second", always(text("ok")))
                        .withClock(clock);
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(agent, Task.of("x")).orThrow();
            assertThat(primary.calls()).hasSize(5);
            runtime.run(agent, Task.of("x")).orThrow();
            assertThat(primary.calls()).hasSize(5);
            assertThat(Facts.all(runtime, ModelEvent.GateShut.class)).hasSize(1);
        }
    }

    @Test
    @Tag("AG-50")
    void whatAnotherModelCannotMendDoesNotFallBack() throws Exception {
        for (var failure :
                List.of(
                        new ModelFailure.BadReply("first", "no sense"),
                        new ModelFailure.Refused("first", "I will not"),
                        new ModelFailure.PriceUnknown("first", "acme"))) {
            var fallback = always(text("never"));
            var agent = AGENT.withModel("first", "second");
            var config =
                    RuntimeConfig.of(agent)
                            .withNamedModel("first", always(fail(failure)))
                            .withNamedModel("second", fallback);
            try (var runtime = AgentRuntime.open(config)) {
                assertThat(code(runtime.run(agent, Task.of("x")))).isEqualTo(failure.code());
            }
            assertThat(fallback.calls()).as(failure.code()).isEmpty();
        }
    }

    @Test
    @Tag("AG-49")
    void aShutBreakerIsWaitedForAndThenOneCallProbes() throws Exception {
        var model =
                ScriptedModel.of(
                        fail(OVERLOADED),
                        fail(OVERLOADED),
                        fail(OVERLOADED),
                        fail(OVERLOADED),
                        fail(OVERLOADED),
                        text("better"));
        try (var runtime = AgentRuntime.open(config(model).withRetry(AT_ONCE))) {
            assertThat(code(runtime.run(AGENT, Task.of("x")))).isEqualTo("model.overloaded");
            var soon = Task.of("x").withDeadline(Duration.ofSeconds(10));
            assertThat(code(runtime.run(AGENT, soon))).isEqualTo("model.overloaded");
            assertThat(model.calls()).hasSize(5);
            var handle = runtime.spawn(AGENT, Task.of("x"));
            clock.awaitWaiters(2);
            clock.advance(Duration.ofMillis(14_999));
            assertThat(model.calls()).hasSize(5);
            clock.advance(Duration.ofMillis(1));
            assertThat(handle.await()).isEqualTo("better");
        }
    }

    private static String code(RunResult<?> result) {
        return result instanceof RunResult.Failed<?>(var failure, _) ? failure.code() : "" + result;
    }
}
