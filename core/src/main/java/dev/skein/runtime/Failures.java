package dev.skein.runtime;

import dev.skein.failure.Failure;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;

/** Turns what was thrown into the failure that it stands for. */
final class Failures {
    private Failures() {}

    /** Our exception is its failure; anything else is {@code run.threw} with what threw it. */
    static Failure of(String what, Throwable thrown, String run) {
        return thrown instanceof SkeinException ours ? ours.failure() : threw(what, thrown, run);
    }

    static RunFailure.Threw threw(String what, Throwable thrown, String run) {
        var message = thrown.getMessage();
        return new RunFailure.Threw(what, simpleName(thrown), message == null ? "" : message, run);
    }

    static String simpleName(Throwable thrown) {
        var name = thrown.getClass().getSimpleName();
        return name.isEmpty() ? thrown.getClass().getName() : name;
    }
}
