package dev.skein.benchmarks.micro;

import dev.skein.agent.RunResult;
import dev.skein.event.Journal;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a child costs: a fan-out of a thousand, from spawn to result, for each child, beside as many
 * bare virtual threads. On two cores the processor time is at most twice the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WorkflowPath {
    private static final int CHILDREN = 1_000;
    private static final Workflow<Integer, Integer> CHILD = Workflow.named("child", (_, n) -> n);
    private static final Workflow<Integer, Integer> FAN =
            Workflow.named(
                    "fan",
                    (scope, count) -> {
                        var handles = new ArrayList<RunHandle<Integer>>();
                        for (int i = 0; i < count; i++) handles.add(scope.spawn(CHILD, i));
                        int sum = 0;
                        for (var handle : handles) sum += handle.await();
                        return sum;
                    });

    private final AgentRuntime runtime =
            AgentRuntime.open(
                    RuntimeConfig.defaults()
                            .withJournal(
                                    Journal.inMemory(InstantSource.system(), 20_000, 256L << 20)));

    @Benchmark
    @OperationsPerInvocation(CHILDREN)
    public RunResult<Integer> spawn() throws InterruptedException {
        return runtime.run(FAN, CHILDREN);
    }

    @Benchmark
    @OperationsPerInvocation(CHILDREN)
    public int bareThread() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < CHILDREN; i++) threads.add(Thread.startVirtualThread(() -> {}));
        for (var thread : threads) thread.join();
        return threads.size();
    }

    /** One empty workflow, from spawn to its end. */
    @Benchmark
    public RunResult<Integer> alone() throws InterruptedException {
        return runtime.run(CHILD, 1);
    }

    @TearDown
    public void close() {
        runtime.close();
    }
}
