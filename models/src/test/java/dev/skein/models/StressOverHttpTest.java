package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.Cursor;
import dev.skein.event.RunEvent;
import dev.skein.model.Delta;
import dev.skein.model.Usage;
import dev.skein.policy.RetryRule;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Reply;
import dev.skein.testkit.Seen;
import dev.skein.testkit.SkeinTest;
import dev.skein.testkit.TestRuntime;
import dev.skein.testkit.Wire;
import dev.skein.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many runs at once over real sockets, on six wires, with tools, faults and cancels at random: each
 * ends once, and has used what the provider served it. {@link SkeinTest} sees that no thread,
 * socket or file is left.
 */
@SkeinTest
class StressOverHttpTest {
    private static final int RUNS = 200;
    private static final int FIRST = 100;
    private static final int MORE = 7;

    /** Fewer tries than failures that a breaker waits for, so that no run waits for one. */
    private static final RetryRule TRIES = new RetryRule(4, Duration.ZERO, Duration.ZERO);

    record Given(int n) {}

    static List<Long> seeds() {
        long given = Long.getLong("skein.seed", 0);
        return given == 0 ? List.of(1L, System.nanoTime()) : List.of(given);
    }

    private static List<Wire> wires(FakeProvider provider) {
        return List.of(
                provider.openai(),
                provider.anthropic(),
                provider.gemini(),
                provider.mistral(),
                provider.ollama(),
                provider.bedrock());
    }

    /** As many rounds of calls as the task says; each answer costs more than the one before. */
    private static Reply reply(Seen seen) {
        var task = seen.said().stream().filter(said -> said.role().equals("user")).findFirst();
        int wanted = task.orElseThrow().text().length() % 4;
        int had = seen.results().size();
        var reply = had < wanted ? Reply.calls("add", Map.of("n", had)) : Reply.text("done");
        return reply.withUsage(Usage.of(FIRST + (long) MORE * had, 10));
    }

    private static long expected(int turns) {
        return IntStream.range(0, turns).mapToLong(turn -> FIRST + (long) MORE * turn).sum();
    }

    private static void spoil(Wire wire, SplittableRandom random) {
        wire.script(StressOverHttpTest::reply);
        wire.every(17 + random.nextInt(5), Fault.status(503));
        wire.every(23 + random.nextInt(5), Fault.rateLimited(Duration.ZERO));
        wire.every(29 + random.nextInt(5), new Fault.CloseAfter(new Fault.Point.AfterHeaders()));
    }

    private static TestRuntime prepared(
            TestRuntime skein, FakeProvider provider, SplittableRandom random) {
        wires(provider).forEach(wire -> spoil(wire, random));
        return skein.with(config ->
                config.withRetry(TRIES)
                        .withTools(
                                Tool.of("add", "Adds one", Given.class, given -> given.n() + 1)));
    }

    /** Each run has a model of its own, so that no breaker makes it wait for the others' faults. */
    private static ModelAgent<String> agent(FakeProvider provider, int run) {
        var wires = wires(provider);
        return ModelAgent.of("atlas")
                .withModel(wires.get(run % wires.size()).model("test-" + run))
                .withTools("add");
    }

    private static Task task(int i) {
        return Task.of("x".repeat(i % 4 + 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("AG-99")
    void whatTheProviderServedIsWhatTheRunsHaveUsed(
            long seed, TestRuntime skein, FakeProvider provider) throws Exception {
        var random = new SplittableRandom(seed);
        var runtime = prepared(skein, provider, random).runtime();
        var handles = new ArrayList<RunHandle<String>>();
        for (int i = 0; i < RUNS; i++) handles.add(runtime.spawn(agent(provider, i), task(i)));
        var usage = new ArrayList<Usage>();
        for (var handle : handles) {
            usage.add(handle.result().work().usage());
        }
        skein.close();
        awaitCounted(provider);
        assertThat(usage.stream().mapToLong(Usage::input).sum())
                .as("seed %d", seed)
                .isEqualTo(provider.ledger().inputTokens());
        assertThat(usage.stream().mapToLong(Usage::output).sum())
                .as("seed %d", seed)
                .isEqualTo(provider.ledger().outputTokens());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("AG-59")
    void runsThatAreStreamedAndCanceledAtRandomEndOnceEach(
            long seed, TestRuntime skein, FakeProvider provider) throws Exception {
        var random = new SplittableRandom(seed);
        var runtime = prepared(skein, provider, random).runtime();
        var results = Collections.synchronizedList(new ArrayList<RunResult<String>>());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < RUNS; i++) {
            var agent = agent(provider, i);
            var task = task(i);
            threads.add(Thread.ofVirtual().start(() -> stream(runtime, agent, task, results)));
            if (random.nextInt(3) == 0) threads.get(random.nextInt(threads.size())).interrupt();
        }
        for (var thread : threads) thread.join();
        for (var result : results) {
            if (!result.isCompleted()) continue; // each of its tries met a fault
            assertThat(result.work().usage().input())
                    .as("seed %d", seed)
                    .isEqualTo(expected(result.work().turns()));
        }
        long begun = count(runtime, RunEvent.RunSubmitted.class);
        assertThat(count(runtime, RunEvent.RunEnded.class))
                .as("seed %d", seed)
                .isEqualTo(begun)
                .isGreaterThanOrEqualTo(results.size());
        assertThat(results).as("seed %d", seed).anyMatch(RunResult::isCompleted);
    }

    /** A client may have the last answer before the server has counted it. */
    private static void awaitCounted(FakeProvider provider) {
        for (var ledger = provider.ledger();
                ledger.asked() != ledger.answered() + ledger.cut();
                ledger = provider.ledger()) Thread.onSpinWait();
    }

    private static long count(AgentRuntime runtime, Class<?> kind) throws InterruptedException {
        long count = 0;
        try (var reader = runtime.journal().read(Cursor.start())) {
            for (var next = reader.next(Duration.ZERO);
                    next.isPresent();
                    next = reader.next(Duration.ZERO))
                if (kind.isInstance(next.get().event())) count++;
        }
        return count;
    }

    private static void stream(
            AgentRuntime runtime,
            ModelAgent<String> agent,
            Task task,
            List<RunResult<String>> results) {
        var text = new StringBuilder();
        try {
            var result =
                    runtime.run(
                            agent,
                            task,
                            delta -> {
                                switch (delta) {
                                    case Delta.Text(var piece) -> text.append(piece);
                                    case Delta.Discarded _, Delta.TurnEnded _ -> text.setLength(0);
                                    case Delta _ -> {}
                                }
                            });
            results.add(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // this one was canceled
        }
    }
}
