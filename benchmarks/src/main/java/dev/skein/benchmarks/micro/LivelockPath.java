package dev.skein.benchmarks.micro;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.Usage;
import dev.skein.policy.Livelock;
import dev.skein.policy.RunLimits;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Runs of two turns with a hundred calls between them, none like another, with an eye on repetition
 * and without: a hundredth of the difference is what one call costs the detector.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LivelockPath {
    private static final int CALLS = 100;

    private final ModelAgent<String> agent =
            ModelAgent.of("calling").withInstructions("Answer.").withTools("count");
    private final AgentRuntime watching = AgentRuntime.open(config(Livelock.standard()));
    private final AgentRuntime blind = AgentRuntime.open(config(Livelock.off()));

    private record Count(int number) {}

    private RuntimeConfig config(Livelock livelock) {
        var count = Tool.of("count", "Counts", Count.class, it -> "counted " + it.number());
        var limits = new RunLimits(10, RunLimits.standard().deadline(), CALLS, 1, livelock);
        return RuntimeConfig.of(agent.withTools("count"))
                .withModel(new Counting())
                .withTools(count)
                .withLimits(limits);
    }

    @Benchmark
    public RunResult<String> watching() throws InterruptedException {
        return watching.run(agent, Task.of("Go."));
    }

    @Benchmark
    public RunResult<String> blind() throws InterruptedException {
        return blind.run(agent, Task.of("Go."));
    }

    /** Closes both runtimes. */
    @TearDown
    public void close() {
        watching.close();
        blind.close();
    }

    /** Makes all calls at once, then answers. */
    private static final class Counting implements ChatModel {
        private static final ModelInfo INFO =
                new ModelInfo(
                        "bench:counting",
                        "bench",
                        200_000,
                        4_096,
                        Set.of(ModelInfo.Feature.TOOLS, ModelInfo.Feature.SCHEMA));
        private static final List<ToolCall> ALL = all();

        private static List<ToolCall> all() {
            var calls = new ArrayList<ToolCall>();
            for (int i = 0; i < CALLS; i++)
                calls.add(new ToolCall("call_" + i, "count", Json.object("number", i)));
            return List.copyOf(calls);
        }

        @Override
        public ModelReply reply(ModelCall call, DeltaListener deltas) {
            boolean done = call.messages().getLast() instanceof Message.Results;
            var message =
                    done
                            ? Message.Assistant.of("Done.", Instant.EPOCH)
                            : new Message.Assistant(List.of(), ALL, Instant.EPOCH);
            return new ModelReply(
                    message, Usage.of(120, 42), done ? Finish.STOP : Finish.TOOLS, "counting");
        }

        @Override
        public ModelInfo info() {
            return INFO;
        }
    }
}
