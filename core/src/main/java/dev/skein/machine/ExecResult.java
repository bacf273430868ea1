package dev.skein.machine;

import java.time.Duration;

/**
 * How a command ended.
 *
 * @param exit its code; 127 if there is no such command, 126 if it cannot be run, 128 + the number
 *     of the signal that ended it, 124 if its time was over, 125 if it wrote too much
 */
public record ExecResult(int exit, Ended ended, Captured out, Captured err, Duration took) {
    static final int TIMED_OUT = 124;
    static final int OUTPUT_LIMIT = 125;
    private static final int SIGNAL = 128;
    private static final int SIGNALS = 64;

    /** Why it ended. */
    public enum Ended {
        EXITED,
        /** Its exit says so, as a shell's does: 129 to 192. */
        SIGNALED,
        /** Its limit had passed. */
        TIMED_OUT,
        /** It wrote more than 64 MiB to one stream. */
        OUTPUT_LIMIT
    }

    /** It exited with 0. */
    public boolean ok() {
        return ended == Ended.EXITED && exit == 0;
    }

    static Ended ended(int exit) {
        return exit > SIGNAL && exit <= SIGNAL + SIGNALS ? Ended.SIGNALED : Ended.EXITED;
    }
}
