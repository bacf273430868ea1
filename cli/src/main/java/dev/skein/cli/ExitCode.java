package dev.skein.cli;

import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.Missing;

/** How the command ends. Part of its interface. */
final class ExitCode {
    static final int COMPLETED = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_FOUND = 3;

    private ExitCode() {}

    /** For what kept a run from starting. */
    static int of(Failure failure) {
        if (failure instanceof Missing.Agent) return NOT_FOUND;
        return failure instanceof Invalid ? USAGE : FAILED;
    }
}
