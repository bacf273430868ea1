package dev.skein.benchmarks.micro;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.model.Price;
import dev.skein.policy.Budget;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Whole runs on a model that costs nothing: what the engine itself takes. The gate's part is the
 * difference between {@link #tool} and two turns without one; the budget's that between {@link
 * #budgeted} and {@link #empty}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RunPath {
    private static final long PLENTY = 1_000_000_000_000_000L;

    private final ModelAgent<String> plain = ModelAgent.of("plain").withInstructions("Answer.");
    private final ModelAgent<String> calling =
            ModelAgent.of("calling").withInstructions("Answer.").withTools("nothing");
    private final AgentRuntime runtime = AgentRuntime.open(config());
    private final AgentRuntime limited =
            AgentRuntime.open(
                    config().withPrice("*", Price.of("1 USD", "2 USD"))
                            .withBudget(Budget.tokens(PLENTY)));

    private record Nothing() {}

    private RuntimeConfig config() {
        var nothing = Tool.of("nothing", "Does nothing", Nothing.class, _ -> "done");
        return RuntimeConfig.of(plain, calling).withModel(new InstantModel()).withTools(nothing);
    }

    /** One turn, text in and out. */
    @Benchmark
    public RunResult<String> empty() throws InterruptedException {
        return runtime.run(plain, Task.of("Go."));
    }

    @Benchmark
    @Threads(64)
    public RunResult<String> emptyBySixtyFour() throws InterruptedException {
        return runtime.run(plain, Task.of("Go."));
    }

    /** Two turns, and a tool through the gate between them. */
    @Benchmark
    public RunResult<String> tool() throws InterruptedException {
        return runtime.run(calling, Task.of("Go."));
    }

    /** One turn under a budget that is reserved and settled, with a price. */
    @Benchmark
    public RunResult<String> budgeted() throws InterruptedException {
        return limited.run(plain, Task.of("Go."));
    }

    @Benchmark
    @Threads(64)
    public RunResult<String> budgetedBySixtyFour() throws InterruptedException {
        return limited.run(plain, Task.of("Go."));
    }

    /** Closes both runtimes. */
    @TearDown
    public void close() {
        runtime.close();
        limited.close();
    }
}
