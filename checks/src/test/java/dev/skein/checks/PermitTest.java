package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.Concurrency;
import dev.skein.agent.Interceptor;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.ModelChain;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.failure.ModelFailure;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.RetryRule;
import dev.skein.policy.Timekeeper;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many model calls of an agent may be open at once, and who is next. */
class PermitTest {
    private static final ModelAgent<String> ALONE =
            ModelAgent.of("alone")
                    .withModel(
                            ModelAgent.of("alone").model().withConcurrency(new Concurrency.Own(1)));

    /** Knows on which thread each run is about to ask. */
    private record Watch(Map<String, Thread> threads) implements Interceptor {
        @Override
        public ModelReply aroundModel(ModelCall call, ModelChain chain)
                throws InterruptedException {
            threads.put(input(call), Thread.currentThread());
            return chain.proceed(call);
        }

        boolean isWaiting(String input) {
            var thread = threads.get(input);
            return thread != null && thread.getState() == Thread.State.WAITING;
        }
    }

    private final Watch watch = new Watch(new ConcurrentHashMap<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private static String input(ModelCall call) {
        return call.messages().getLast().text();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) Timekeeper.system().pause(Duration.ofMillis(1));
    }

    private RunHandle<String> waiting(AgentRuntime runtime, String input)
            throws InterruptedException {
        var handle = runtime.spawn(ALONE, Task.of(input));
        until(() -> watch.isWaiting(input));
        return handle;
    }

    @Test
    @Tag("AG-51")
    void anAgentsOwnLimitHoldsForIt() throws Exception {
        var open = new AtomicInteger();
        var most = new AtomicInteger();
        var model =
                always(call -> {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    Timekeeper.system().pause(Duration.ofMillis(1)); // so that two would meet
                    open.decrementAndGet();
                    return text("ok").answer(call);
                });
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(ALONE).withModel(model))) {
            runtime.gather(ALONE, Collections.nCopies(50, Task.of("x")))
                    .forEach(RunResult::orThrow);
        }
        assertThat(most).hasValue(1);
    }

    @Test
    @Tag("AG-51")
    void whoCameFirstIsNextAndWhoIsCanceledLeavesTheLine() throws Exception {
        var release = new CountDownLatch(1);
        var model =
                always(call -> {
                    asked.add(input(call));
                    if (input(call).equals("a")) release.await();
                    return text("ok").answer(call);
                });
        var config = RuntimeConfig.of(ALONE).withModel(model).withInterceptors(watch);
        try (var runtime = AgentRuntime.open(config)) {
            var all = new ArrayList<RunHandle<String>>();
            for (var input : List.of("a", "b", "c", "d")) all.add(waiting(runtime, input));
            all.get(1).cancel("changed my mind");
            assertThat(all.get(1).result()).isInstanceOf(RunResult.Canceled.class);
            release.countDown();
            all.get(3).await();
        }
        assertThat(asked).containsExactly("a", "c", "d");
    }

    @Test
    @Tag("AG-51")
    void oneStandsForACallWithItsRetriesAndFallbacks() throws Exception {
        var clock = ManualClock.at(Instant.parse("2026-03-01T12:00:00Z"));
        var busy = new ModelFailure.Overloaded("m", 503, "busy");
        var first = ScriptedModel.of(fail(busy), fail(busy), text("for b"));
        var second =
                always(call -> {
                    asked.add(input(call));
                    return text("from the fallback").answer(call);
                });
        var agent = ALONE.withModel("first", "second");
        var config =
                RuntimeConfig.of(agent)
                        .withNamedModel("first", first)
                        .withNamedModel("second", second)
                        .withRetry(new RetryRule(2, Duration.ofSeconds(5), Duration.ofSeconds(5)))
                        .withClock(clock)
                        .withInterceptors(watch);
        try (var runtime = AgentRuntime.open(config)) {
            var a = runtime.spawn(agent, Task.of("a"));
            until(() -> first.calls().size() == 1);
            var b = runtime.spawn(agent, Task.of("b"));
            until(() -> watch.isWaiting("b"));
            clock.awaitWaiters(2);
            assertThat(first.calls()).hasSize(1);
            clock.advance(Duration.ofSeconds(5));
            assertThat(a.await()).isEqualTo("from the fallback");
            assertThat(b.await()).isEqualTo("for b");
        }
        assertThat(first.calls().stream().map(PermitTest::input)).containsExactly("a", "a", "b");
        assertThat(asked).containsExactly("a");
    }
}
