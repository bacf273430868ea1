package dev.skein.benchmarks.workflows;

import dev.skein.agent.ModelAgent;
import dev.skein.benchmarks.harness.Self;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Empty children, one after the other and many, and many that wait. */
record Children(Rig rig, Figures figures) {
    private static final int EMPTY = 50_000;
    private static final int ALONE = 5_000;
    private static final int MANY = 10_000;
    private static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Workflow<Integer, Integer> CHILD = Workflow.named("child", (_, n) -> n);

    void measure() throws InterruptedException {
        try (var runtime = AgentRuntime.open(rig.bare(Rig.ENTRIES))) {
            empty(runtime);
            alone(runtime);
        }
        try (var runtime = AgentRuntime.open(rig.bare(Rig.ENTRIES))) {
            waiting(runtime);
        }
    }

    private void empty(AgentRuntime runtime) throws InterruptedException {
        Rig.root(
                runtime,
                scope -> {
                    long begin = System.nanoTime();
                    int many = rig.many(EMPTY);
                    for (int done = 0; done < many; done += AT_ONCE) {
                        var handles = new ArrayList<RunHandle<Integer>>();
                        for (int i = 0; i < AT_ONCE; i++) handles.add(scope.spawn(CHILD, i));
                        for (var handle : handles) handle.await();
                    }
                    figures.rate(Aim.EMPTY, many, System.nanoTime() - begin);
                });
    }

    private void alone(AgentRuntime runtime) throws InterruptedException {
        var took = new long[rig.many(ALONE)];
        Rig.root(
                runtime,
                scope -> {
                    for (int i = 0; i < took.length; i++) {
                        long begin = System.nanoTime();
                        scope.spawn(CHILD, i).await();
                        took[i] = System.nanoTime() - begin;
                    }
                });
        figures.micros(Aim.ALONE, 99, took);
    }

    private void waiting(AgentRuntime runtime) throws InterruptedException {
        int many = rig.many(MANY);
        var open = new CountDownLatch(many);
        var agent = ModelAgent.of("helper");
        var child =
                Rig.workflow(
                        "child",
                        scope -> {
                            scope.open(agent);
                            open.countDown();
                            scope.await();
                        });
        var root =
                Rig.workflow(
                        "root",
                        scope -> {
                            for (int i = 0; i < many; i++)
                                scope.<@Nullable Void, String>spawn(child, null);
                            scope.await();
                        });
        long before = Self.liveBytes();
        long begin = System.nanoTime();
        var handle = runtime.spawn("root", root, null);
        open.await();
        figures.millis(Aim.CHILDREN_START, System.nanoTime() - begin);
        figures.say(Aim.CHILD_HEAP, (Self.liveBytes() - before) / 1024.0 / many);
        long cancel = System.nanoTime();
        handle.stop("measured", PATIENCE);
        figures.millis(Aim.CHILDREN_CANCEL, System.nanoTime() - cancel);
    }
}
