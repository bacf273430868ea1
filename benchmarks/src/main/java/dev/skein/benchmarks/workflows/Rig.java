package dev.skein.benchmarks.workflows;

import dev.skein.event.Journal;
import dev.skein.model.ChatModel;
import dev.skein.policy.Control;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runtimes to measure on, below a home of their own.
 *
 * @param home where run files and control sockets are
 * @param share of the full counts: one part in so many
 */
record Rig(Path home, int share) {
    static final int ENTRIES = 100_000;
    private static final long BYTES = 2L << 30;
    private static final int MOST_A_MINUTE = 10_000;

    /** That many, or its share. */
    int many(int count) {
        return Math.max(1, count / share);
    }

    /** Something to measure in the scope of a root. */
    interface Body {
        void run(Scope scope) throws Exception;
    }

    RuntimeConfig config(ChatModel model, int entries) {
        return RuntimeConfig.defaults()
                .withModel(model)
                .withEnvironment(Environment.of(Map.of("SKEIN_HOME", home.toString())))
                .withControl(Control.standard().withPeerRate(MOST_A_MINUTE))
                .withJournal(Journal.inMemory(InstantSource.system(), entries, BYTES));
    }

    /** With nothing to see from outside. */
    RuntimeConfig bare(int entries) {
        return config(new PeerModel(), entries)
                .withControl(Control.standard().withRunFiles(Control.RunFiles.NONE));
    }

    static Workflow<@Nullable Void, String> workflow(String name, Body body) {
        return Workflow.named(
                name,
                (scope, _) -> {
                    body.run(scope);
                    return "done";
                });
    }

    /** Runs it as a root and throws what it threw. */
    static void root(AgentRuntime runtime, Body body) throws InterruptedException {
        runtime.run(workflow("root", body), null).orThrow();
    }
}
