package dev.skein.benchmarks.workflows;

import dev.skein.policy.Backoff;
import dev.skein.policy.RestartPolicy;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.Supervisor;
import dev.skein.runtime.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A supervisor with a thousand children that each fail some times before they end well. */
record Restarts(Rig rig, Figures figures) {
    private static final int CHILDREN = 1_000;
    private static final int FAILURES = 4;

    void measure() throws InterruptedException {
        int children = rig.many(CHILDREN);
        var policy = RestartPolicy.transientChild().withBackoff(Backoff.none());
        var supervisor =
                Supervisor.of(Supervisor.Strategy.ONE_FOR_ONE)
                        .intensity(children * FAILURES + 1, Duration.ofHours(1));
        for (int i = 0; i < children; i++)
            supervisor = supervisor.child("child" + i, failing(), policy);
        try (var runtime = AgentRuntime.open(rig.bare(Rig.ENTRIES))) {
            long begin = System.nanoTime();
            runtime.run(supervisor, null).orThrow();
            figures.rate(Aim.RESTARTS, (long) children * FAILURES, System.nanoTime() - begin);
        }
    }

    private static Workflow<@Nullable Void, String> failing() {
        return Rig.workflow(
                "failing",
                scope -> {
                    if (scope.info().attempt() > FAILURES) return;
                    scope.fail("again");
                    scope.await();
                });
    }
}
