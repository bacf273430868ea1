package dev.skein.cli;

import dev.skein.failure.Conflict;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.failure.Missing;
import dev.skein.failure.RunFailure;
import dev.skein.failure.RuntimeFailure;

/** How the command ends. Part of its interface. */
final class ExitCode {
    static final int COMPLETED = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_FOUND = 3;
    static final int AMBIGUOUS = 4;
    static final int UNREACHABLE = 5;

    private ExitCode() {}

    /** For what kept a run from starting, or a command from reaching one. */
    static int of(Failure failure) {
        return switch (failure) {
            case Missing.Agent _, Missing.Run _, Missing.Session _, Missing.Endpoint _ -> NOT_FOUND;
            case RunFailure.Ended _ -> NOT_FOUND;
            case Conflict.Ambiguous _ -> AMBIGUOUS;
            case RuntimeFailure.Unreachable _, Limit.Wait _ -> UNREACHABLE;
            case Invalid _ -> USAGE;
            default -> FAILED;
        };
    }
}
