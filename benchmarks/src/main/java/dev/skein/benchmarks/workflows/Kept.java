package dev.skein.benchmarks.workflows;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import java.io.IOException;
import java.nio.file.Files;

/** What it costs a run that its entries are written to files, and how fast they are written. */
record Kept(Rig rig, Figures figures) {
    private static final int EMITS = 100_000;
    private static final int RUNS = 20_000;
    private static final int PAIRS = 5;

    void measure() throws InterruptedException, IOException {
        written();
        var without = new long[PAIRS];
        var with = new long[PAIRS];
        agents(kept());
        agents(rig.bare(Rig.ENTRIES));
        for (int i = 0; i < PAIRS; i++) {
            without[i] = agents(rig.bare(Rig.ENTRIES));
            with[i] = agents(kept());
        }
        figures.say(Aim.FILES_COST, Figures.slower(without, with));
    }

    private RuntimeConfig kept() {
        return rig.config(new PeerModel(), Rig.ENTRIES);
    }

    /** From the first entry until the last one is in its file. */
    private void written() throws InterruptedException, IOException {
        int many = rig.many(EMITS);
        try (var runtime = AgentRuntime.open(rig.config(new PeerModel(), Rig.ENTRIES))) {
            long begin = System.nanoTime();
            var handle =
                    runtime.spawn(
                            "root",
                            Rig.workflow(
                                    "root",
                                    scope -> {
                                        for (int i = 0; i < many; i++) scope.emit("tick", i);
                                    }),
                            null);
            handle.result();
            var result = rig.home().resolve("runs").resolve(handle.id()).resolve("result.json");
            while (!Files.exists(result)) Thread.onSpinWait();
            figures.rate(Aim.FILES, many, System.nanoTime() - begin);
        }
    }

    /** Nanoseconds for runs of an agent, one after the other. */
    private long agents(RuntimeConfig config) throws InterruptedException {
        var took = new long[1];
        try (var runtime = AgentRuntime.open(config)) {
            Rig.root(runtime, scope -> took[0] = agents(scope));
        }
        return took[0];
    }

    private long agents(Scope scope) throws InterruptedException {
        var agent = ModelAgent.of("helper");
        long begin = System.nanoTime();
        for (int i = 0; i < rig.many(RUNS); i++)
            scope.spawn("helper", agent, Task.of("Help.")).await();
        return System.nanoTime() - begin;
    }
}
