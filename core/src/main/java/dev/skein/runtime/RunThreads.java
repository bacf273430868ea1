package dev.skein.runtime;

import dev.skein.agent.RunResult;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The threads of runs, and those that wait for them. */
final class RunThreads {
    private static final System.Logger LOG = System.getLogger("dev.skein.runtime");

    private RunThreads() {}

    /** Carries a run out on a thread of its own. */
    static void start(LiveRun<?> run, Callable<?> work) {
        Thread.ofVirtual()
                .name("skein:" + run.origin().path())
                .start(() -> {
                    try {
                        work.call();
                    } catch (InterruptedException e) {
                        LOG.log(
                                System.Logger.Level.DEBUG,
                                "run " + run.id() + " was interrupted by somebody else",
                                e);
                    } catch (Exception e) {
                        LOG.log(System.Logger.Level.ERROR, "run " + run.id() + " was lost", e);
                    }
                });
    }

    /** Waits for the run's end; an interrupt cancels it, and its end is waited for all the same. */
    static <O extends @Nullable Object> RunResult<O> joined(LiveRun<O> run)
            throws InterruptedException {
        try {
            return run.result();
        } catch (InterruptedException e) {
            run.cancel("caller", "its caller was interrupted");
            awaitEnd(run);
            throw e;
        }
    }

    private static void awaitEnd(LiveRun<?> run) {
        while (true) {
            try {
                run.result();
                return;
            } catch (InterruptedException e) {
                run.cancel("caller", "its caller was interrupted again");
            }
        }
    }
}
