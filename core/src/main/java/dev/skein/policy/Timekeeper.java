package dev.skein.policy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * The one source of time: the wall clock, which may jump, and a monotonic clock, by which
 * everything waits. Thread-safe.
 */
public interface Timekeeper extends InstantSource {
    /** The monotonic clock; only differences mean anything. */
    long nanos();

    /**
     * Unparks the thread when that time of the monotonic clock has come, unless the wake is closed
     * before.
     */
    Wake wake(long atNanos, Thread parked);

    /** Closing it takes it back. */
    interface Wake extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Parks the calling thread until that time or until somebody unparks it, whichever is first.
     */
    default void park(long untilNanos) throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        try (var wake = wake(untilNanos, Thread.currentThread())) {
            if (nanos() - untilNanos < 0) LockSupport.park(wake);
        }
        if (Thread.interrupted()) throw new InterruptedException();
    }

    /** The clocks of this machine. */
    static Timekeeper system() {
        return of(InstantSource.system());
    }

    /** That wall clock with the real monotonic one; a timekeeper is returned as it is. */
    static Timekeeper of(InstantSource wall) {
        return wall instanceof Timekeeper keeper ? keeper : new RealTime(wall);
    }

    /** Real time. A wake is a virtual thread that sleeps until then. */
    record RealTime(InstantSource wall) implements Timekeeper {
        @Override
        public Instant instant() {
            return wall.instant();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Wake wake(long atNanos, Thread parked) {
            var sleeper =
                    Thread.ofVirtual()
                            .name("skein-wake")
                            .start(() -> {
                                for (long left = atNanos - nanos();
                                        left > 0;
                                        left = atNanos - nanos()) {
                                    LockSupport.parkNanos(left);
                                    if (Thread.interrupted()) return;
                                }
                                LockSupport.unpark(parked);
                            });
            return sleeper::interrupt;
        }
    }
}
