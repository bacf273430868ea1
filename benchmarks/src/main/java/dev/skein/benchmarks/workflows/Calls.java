package dev.skein.benchmarks.workflows;

import dev.skein.agent.ModelAgent;
import dev.skein.json.Json;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.Workflow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls of endpoints, in the process and over the control socket, and the status of a large run.
 */
record Calls(Rig rig, Figures figures) {
    private static final int CALLS = 20_000;
    private static final int OUTSIDE = 1_000;
    private static final int SCOPES = 10;
    private static final int SESSIONS = 100;
    private static final int STATUSES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    record Amount(int by) {}

    record Nothing() {}

    void measure() throws InterruptedException, IOException {
        try (var runtime = AgentRuntime.open(rig.config(new PeerModel(), Rig.ENTRIES))) {
            var counter = runtime.spawn("counter", counter(), null);
            inside(counter);
            outside(counter);
            counter.stop("measured", PATIENCE);
            var large = runtime.spawn("large", large(), null);
            status(large);
            large.stop("measured", PATIENCE);
        }
    }

    private static Workflow<@Nullable Void, String> counter() {
        return Rig.workflow(
                "counter",
                scope -> {
                    var sum = new AtomicLong();
                    scope.expose(
                            "add", "Adds.", Amount.class, amount -> sum.addAndGet(amount.by()));
                    scope.await();
                });
    }

    private void inside(RunHandle<String> counter) throws InterruptedException {
        var took = new long[rig.many(CALLS)];
        for (int i = 0; i < took.length; i++) {
            long begin = System.nanoTime();
            counter.call("add", new Amount(1), Long.class);
            took[i] = System.nanoTime() - begin;
        }
        figures.micros(Aim.CALL_HALF, 50, took);
        figures.micros(Aim.CALL_MOST, 99, took);
    }

    private void outside(RunHandle<String> counter) throws InterruptedException, IOException {
        try (var control = ControlLine.to(rig.home())) {
            var target = "/v1/runs/" + counter.id() + "/endpoints/add";
            var took = control.timed(rig.many(OUTSIDE), target, Json.object("by", 1));
            figures.micros(Aim.SOCKET_CALL, 50, took);
        }
    }

    /** A thousand sessions in ten scopes. */
    private Workflow<@Nullable Void, String> large() {
        var agent = ModelAgent.of("helper");
        var part =
                Rig.workflow(
                        "part",
                        scope -> {
                            for (int i = 0; i < rig.many(SESSIONS); i++)
                                scope.open("helper" + i, agent);
                            scope.await();
                        });
        return Rig.workflow(
                "large",
                scope -> {
                    var parts = new ArrayList<RunHandle<String>>();
                    for (int i = 0; i < SCOPES; i++)
                        parts.add(scope.<@Nullable Void, String>spawn("part" + i, part, null));
                    scope.expose(
                            "sessions",
                            "How many are open.",
                            Nothing.class,
                            _ -> parts.stream().mapToInt(each -> each.sessions().size()).sum());
                    scope.await();
                });
    }

    private void status(RunHandle<String> large) throws InterruptedException, IOException {
        var all = SCOPES * rig.many(SESSIONS);
        while (!Objects.equals(large.call("sessions", new Nothing(), Integer.class), all))
            Thread.onSpinWait();
        try (var control = ControlLine.to(rig.home())) {
            var took =
                    control.timed(rig.many(STATUSES), "/v1/runs/" + large.id() + "/status", null);
            figures.millis(Aim.STATUS, Figures.quantile(50, took));
        }
    }
}
