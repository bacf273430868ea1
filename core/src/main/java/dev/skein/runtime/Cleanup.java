package dev.skein.runtime;

import java.io.IOException;

/**
 * The steps in which a run, or something of it, is cleaned up: one that fails is told with the
 * run's result and keeps no other from being taken.
 *
 * @param of the path of what is cleaned up
 */
record Cleanup(LiveRun<?> run, String of) {
    private static final System.Logger LOG = System.getLogger("dev.skein.runtime");

    interface Step {
        void take() throws IOException;
    }

    void step(String what, Step step) {
        boolean interrupted = Thread.interrupted();
        try {
            step.take();
        } catch (IOException | RuntimeException e) {
            var named = "Cleaning up the " + what + " of '" + of + "'";
            LOG.log(System.Logger.Level.WARNING, named + " failed", e);
            run.progress().suppressed(Failures.of(named, e, run.id()));
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
