package dev.skein.testkit;

import dev.skein.policy.Timekeeper;
import java.time.Duration;

/** Waits for what must come about by itself, soon. */
final class Patience {
    private static final Duration LOOK = Duration.ofMillis(1);

    /** Far more than anything in a test takes: only what hangs takes longer. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private Patience() {}

    /** Looks whether it is so; may block. */
    interface Question {
        boolean yes() throws InterruptedException;
    }

    /** Blocks until it is so; false if it is not within 20 s. */
    static boolean until(Question so) throws InterruptedException {
        var time = Timekeeper.system();
        long end = time.nanos() + LIMIT.toNanos();
        while (!so.yes()) {
            if (time.nanos() - end > 0) return false;
            time.pause(LOOK);
        }
        return true;
    }
}
