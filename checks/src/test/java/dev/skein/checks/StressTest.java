package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.ModelEvent;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.event.ToolEvent;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.Usage;
import dev.skein.policy.RetryRule;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many runs at once with random tools, faults and cancels: nothing is lost, nothing is counted
 * twice, nothing is left.
 */
class StressTest {
    private static final int RUNS = 200;
    private static final ModelAgent<String> AGENT =
            ModelAgent.of("atlas").withTools("good", "bad", "slow");

    record Given(int n) {}

    static List<Long> seeds() {
        long given = Long.getLong("skein.seed", 0);
        return given == 0 ? List.of(1L, 2L, 3L, System.nanoTime()) : List.of(given);
    }

    /** Calls tools, answers, fails or hangs, as its seed has it; counts what it served. */
    private static final class Erratic implements ChatModel {
        private final SplittableRandom random;
        private final AtomicLong served = new AtomicLong();

        Erratic(long seed) {
            this.random = new SplittableRandom(seed);
        }

        @Override
        public ModelReply reply(ModelCall call, DeltaListener deltas) throws InterruptedException {
            int dice = roll(100);
            if (dice < 10) throw new SkeinException(new ModelFailure.Overloaded("m", 503, "busy"));
            if (dice < 13) throw new SkeinException(new ModelFailure.BadRequest("m", "no"));
            if (dice < 15) throw new IllegalStateException("a bug of the model");
            if (dice < 18) new CountDownLatch(1).await();
            long tokens = roll(50) + 1L;
            served.addAndGet(tokens);
            var message =
                    dice < 60
                            ? calling(1 + roll(4))
                            : Message.Assistant.of("answer", Instant.EPOCH);
            return new ModelReply(message, Usage.of(tokens, 0), Finish.OTHER, "m");
        }

        private Message.Assistant calling(int count) {
            var calls = new ArrayList<ToolCall>();
            for (int i = 0; i < count; i++)
                calls.add(
                        new ToolCall(
                                "",
                                List.of("good", "bad", "slow", "nobody").get(roll(4)),
                                Json.object("n", roll(5) == 0 ? Json.of("x") : Json.of(i))));
            return new Message.Assistant(List.of(), calls, Instant.EPOCH);
        }

        private synchronized int roll(int sides) {
            return random.nextInt(sides);
        }

        @Override
        public ModelInfo info() {
            return new ModelInfo(
                    "m", "erratic", 100_000, 1_000, EnumSet.noneOf(ModelInfo.Feature.class));
        }
    }

    private static RuntimeConfig config(Erratic model) {
        return RuntimeConfig.of(AGENT)
                .withModel(model)
                .withRetry(new RetryRule(3, Duration.ZERO, Duration.ZERO))
                .withTools(
                        Tool.of("good", "Works", Given.class, number -> number.n() + 1),
                        Tool.of(
                                "bad",
                                "Throws",
                                Given.class,
                                _ -> {
                                    throw new IllegalStateException("bad tool");
                                }),
                        Tool.of(
                                        "slow",
                                        "Waits",
                                        Given.class,
                                        _ -> {
                                            new CountDownLatch(1).await();
                                            return "never";
                                        })
                                .within(Duration.ofMillis(20)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRunEndsOnceAndWhatWasServedIsWhatWasCounted(long seed) throws Exception {
        var model = new Erratic(seed);
        var random = new SplittableRandom(~seed);
        var handles = new ArrayList<RunHandle<String>>();
        try (var runtime = AgentRuntime.open(config(model))) {
            for (int i = 0; i < RUNS; i++) {
                handles.add(
                        runtime.spawn(
                                AGENT, Task.of("run " + i).withDeadline(Duration.ofSeconds(2))));
                if (random.nextInt(5) == 0)
                    handles.get(random.nextInt(handles.size())).cancel("at random");
                if (random.nextInt(10) == 0) LockSupport.parkNanos(random.nextLong(500_000));
            }
            long counted = 0;
            for (var handle : handles) counted += handle.result().work().usage().input();
            assertThat(counted).as("seed %d", seed).isEqualTo(model.served.get());
            check(runtime, handles, seed);
        }
    }

    private static void check(AgentRuntime runtime, List<RunHandle<String>> handles, long seed)
            throws InterruptedException {
        for (var handle : handles) {
            var events =
                    Facts.ofRun(runtime, handle.id()).stream().map(entry -> entry.event()).toList();
            var ends =
                    events.stream()
                            .filter(RunEvent.RunEnded.class::isInstance)
                            .map(RunEvent.RunEnded.class::cast)
                            .toList();
            assertThat(ends).as("seed %d run %s", seed, handle.id()).hasSize(1);
            assertThat(events.getLast()).isEqualTo(ends.getFirst());
            assertThat(ends.getFirst().outcome().status()).isEqualTo(expected(handle.result()));
            long answered =
                    events.stream()
                            .filter(ModelEvent.ModelAnswered.class::isInstance)
                            .mapToLong(event -> ((ModelEvent.ModelAnswered) event).usage().input())
                            .sum();
            assertThat(ends.getFirst().usage().input())
                    .as("seed %d run %s", seed, handle.id())
                    .isEqualTo(answered);
            assertThat(count(events, ToolEvent.ToolReturned.class))
                    .isLessThanOrEqualTo(count(events, ToolEvent.ToolStarted.class));
        }
        assertThat(runtime.findRun("")).isEmpty();
    }

    private static RunStatus expected(RunResult<String> result) {
        return switch (result) {
            case RunResult.Completed<String> _ -> RunStatus.COMPLETED;
            case RunResult.Failed<String> _ -> RunStatus.FAILED;
            case RunResult.Canceled<String> _ -> RunStatus.CANCELED;
        };
    }

    private static long count(List<?> events, Class<?> kind) {
        return events.stream().filter(kind::isInstance).count();
    }
}
