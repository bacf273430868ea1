package dev.skein.harnesses.link;

import dev.skein.policy.Timekeeper;
import java.time.Duration;

/**
 * Lets so many frames a second through, and a burst of more; who waits does not read, so that the
 * sender has to. For one thread at a time.
 */
final class RateGate {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long FLOOD = Duration.ofMinutes(10).toNanos();

    private final Timekeeper time;
    private final long each;
    private final long burst;

    /** When it would have let through all that came, were it as slow as it may be. */
    private long full;

    private boolean waiting;
    private boolean told;
    private long since;

    RateGate(LinkLimits limits, Timekeeper time) {
        this.time = time;
        this.each = SECOND / limits.frames();
        this.burst = each * limits.burst();
        this.full = time.nanos();
    }

    /**
     * Blocks until one more frame may be taken.
     *
     * @return whether ten minutes have passed in which it always had to wait, said once
     */
    boolean pass() throws InterruptedException {
        long now = time.nanos();
        if (full - now <= 0) {
            full = now;
            waiting = false;
        }
        full += each;
        long ahead = full - now - burst;
        if (ahead <= 0) return false;
        if (!waiting) {
            waiting = true;
            told = false;
            since = now;
        }
        time.pause(Duration.ofNanos(ahead));
        if (told || now - since <= FLOOD) return false;
        told = true;
        return true;
    }
}
