package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.failure.Limit;
import dev.skein.failure.ModelFailure;
import dev.skein.model.Cost;
import dev.skein.model.ModelSettings;
import dev.skein.model.Money;
import dev.skein.model.Price;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Budget;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runs cost, and what they may. */
class BudgetTest {
    record Nothing() {}

    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas");

    @Test
    @Tag("AG-99")
    void aModelWithoutAPriceCostsAtLeastSomething() throws Exception {
        try (var runtime =
                AgentRuntime.open(
                        RuntimeConfig.of(AGENT).withModel(always(text("x").using(10, 10))))) {
            assertThat(runtime.run(AGENT, Task.of("x")).work().usage().cost())
                    .isEqualTo(new Cost.AtLeast(Money.zero(), Set.of("given")));
        }
    }

    @Test
    @Tag("AG-99")
    void aPriceByPatternIsChargedToTheNano() throws Exception {
        var config =
                RuntimeConfig.of(AGENT)
                        .withModel(always(text("x").using(1_000, 10)))
                        .withPrice("giv*", Price.of("3.00 USD", "15.00 USD"));
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(AGENT, Task.of("x")).work().usage().cost())
                    .isEqualTo(new Cost.Known(Money.parse("0.00315 USD")));
        }
    }

    @Test
    @Tag("AG-99")
    void aMoneyBudgetRefusesAModelWhosePriceIsUnknownBeforeAnyCall() throws Exception {
        var model = always(text("x"));
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(model))) {
            var result = runtime.run(AGENT.withBudget(Budget.money("1.00 USD")), Task.of("x"));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isInstanceOf(ModelFailure.PriceUnknown.class));
            assertThat(model.calls()).isEmpty();
        }
    }

    @Test
    void aRunThatCannotReserveItsWorstCaseMakesNoCall() throws Exception {
        var model = always(text("x"));
        try (var runtime =
                AgentRuntime.open(
                        RuntimeConfig.of(AGENT).withModel(model).withBudget(Budget.tokens(100)))) {
            var result = runtime.run(AGENT, Task.of("x"));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure()).isInstanceOf(Limit.Budget.class));
            assertThat(model.calls()).isEmpty();
        }
    }

    private static String end(RunHandle<String> handle) {
        try {
            return handle.result() instanceof RunResult.Failed<?>(var failure, _)
                    ? failure.code()
                    : "completed";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its first call answers when all others have ended or called too. */
    private static ScriptedModel firstWaitsFor(CountDownLatch others) {
        var begun = new AtomicBoolean();
        ScriptedModel.Step patient =
                call -> {
                    if (begun.getAndSet(true)) others.countDown();
                    else others.await();
                    return text("x").using(100, 10).answer(call);
                };
        return always(patient);
    }

    private static Queue<String> endsOfFive(
            Supplier<RunHandle<String>> start, CountDownLatch others) {
        var ends = new ConcurrentLinkedQueue<String>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5; i++)
                callers.execute(() -> {
                    ends.add(end(start.get()));
                    others.countDown();
                });
        }
        return ends;
    }

    @Test
    @Timeout(60)
    void ofFiveRunsThatStartTogetherOnlyAsManyCallAsTheBudgetHolds() throws Exception {
        // 10.00 USD, 9.90 of it spent by a first run; each of five more has a worst case between
        // 0.05 and 0.10.
        var spender = ModelAgent.of("spender").withModel("spender");
        var small =
                AGENT.withModel("small")
                        .withModel(
                                AGENT.withModel("small")
                                        .model()
                                        .withSettings(ModelSettings.unset().withMaxTokens(800)));
        var others = new CountDownLatch(4);
        var model = firstWaitsFor(others);
        var config =
                RuntimeConfig.of(AGENT)
                        .withNamedModel("spender", always(text("x").using(0, 9_900)))
                        .withNamedModel("small", model)
                        .withPrice("spender", Price.of("0.00 USD", "1000.00 USD"))
                        .withPrice("small", Price.of("1.00 USD", "100.00 USD"))
                        .withBudget(Budget.money("10.00 USD"));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(
                            spender.withModel(
                                    spender.model()
                                            .withSettings(
                                                    ModelSettings.unset().withMaxTokens(9_900))),
                            Task.of("x"))
                    .orThrow();
            var ends = endsOfFive(() -> runtime.spawn(small, Task.of("x")), others);
            assertThat(ends)
                    .containsExactlyInAnyOrder(
                            "completed",
                            "limit.budget",
                            "limit.budget",
                            "limit.budget",
                            "limit.budget");
            assertThat(model.calls()).hasSize(1);
        }
    }

    @Test
    void toolCallsBeyondTheBudgetAreRefusedAndTheRunGoesOn() throws Exception {
        var tool = Tool.of("note", "Notes", Nothing.class, _ -> "noted");
        var model =
                ScriptedModel.of(
                        call("note", new Nothing()), call("note", new Nothing()), text("done"));
        try (var runtime =
                AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(model).withTools(tool))) {
            var agent = AGENT.withTools("note").withBudget(Budget.unlimited().withToolCalls(1));
            assertThat(runtime.run(agent, Task.of("x")).orThrow()).isEqualTo("done");
            assertThat(model.calls().get(2).messages().getLast().text()).startsWith("limit.budget");
        }
    }
}
