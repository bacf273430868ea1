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
    /** Bound to a shorter time where something is wrong on purpose and will never come about. */
    static final ScopedValue<Duration> SHORTENED = ScopedValue.newInstance();

    /** Far more than anything in a test takes: only what hangs takes longer. */
    private static final Duration USUAL = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Looks whether it is so; may block. */
    interface Question {
        boolean yes() throws InterruptedException;
    }

    /** How long a test waits here: 20 s, unless that is shortened. */
    static Duration usual() {
        return SHORTENED.orElse(USUAL);
    }

    /** Blocks until it is so; false if it is not within the usual time. */
    static boolean until(Question so) throws InterruptedException {
        return new Patience(usual(), PAUSE).await(so);
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
