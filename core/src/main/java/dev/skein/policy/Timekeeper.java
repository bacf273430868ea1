package dev.skein.policy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * The one source of time: wall clock, monotonic clock and wake-ups. Whatever waits for a time waits
 * through it, so that a test can move the time by hand.
 */
public interface Timekeeper extends InstantSource {

    /**
     * Monotonic nanoseconds since an arbitrary origin, possibly negative. Compare two of them by
     * their difference, never with {@code <}.
     */
    long nanos();

    /**
     * Unparks a thread once {@link #nanos()} has reached a time; at once if it already has. Does
     * not block. Close the wake-up when it is no longer wanted, which is also how its thread or
     * entry is given back.
     */
    Wake wake(long atNanos, Thread parked);

    /** A wake-up that is due; closing it calls it off. */
    interface Wake extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Parks the calling thread until a time, or until it is unparked, or for no reason, as {@link
     * LockSupport#park()} does. Call it in a loop that looks at what is waited for.
     *
     * @return whether there is time left
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     */
    default boolean park(long untilNanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try (Wake _ = wake(untilNanos, Thread.currentThread())) {
            if (untilNanos - nanos() > 0) {
                LockSupport.park(this);
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return untilNanos - nanos() > 0;
    }

    /**
     * Blocks for at least as long as is said; a negative duration is none.
     *
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     */
    default void pause(Duration duration) throws InterruptedException {
        long until = nanos() + duration.toNanos();
        boolean left = true;
        while (left) {
            left = park(until);
        }
    }

    /** The time of this computer. */
    static Timekeeper system() {
        return new RealTime(InstantSource.system());
    }

    /**
     * The source itself if it is a timekeeper; otherwise its wall clock with the monotonic time and
     * the wake-ups of this computer.
     */
    static Timekeeper of(InstantSource source) {
        return source instanceof Timekeeper timekeeper ? timekeeper : new RealTime(source);
    }
}
