package dev.skein.testkit;

import dev.skein.policy.Timekeeper;
import java.time.Duration;

/**
 * Waits for what must come about by itself.
 *
 * @param limit after which it has failed
 * @param pause between two looks
 */
record Patience(Duration limit, Duration pause) {
    /** Far more than anything in a test takes: only what hangs takes longer. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Patience USUAL = new Patience(LIMIT, Duration.ofMillis(1));

    /** Looks whether it is so; may block. */
    interface Question {
        boolean yes() throws InterruptedException;
    }

    /** Blocks until it is so; false if it is not within 20 s. */
    static boolean until(Question so) throws InterruptedException {
        return USUAL.await(so);
    }

    /** Blocks until it is so; false if it is not within the limit. */
    boolean await(Question so) throws InterruptedException {
        var time = Timekeeper.system();
        long end = time.nanos() + limit.toNanos();
        while (!so.yes()) {
            if (time.nanos() - end > 0) return false;
            time.pause(pause);
        }
        return true;
    }
}
