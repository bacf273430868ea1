package dev.skein.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A run's time: what its limits give it, cut to what its parent has left. Monotonic, so that a
 * moved wall clock ends nothing. It stands still while a human is asked.
 */
final class RunClock {
    private final Engine engine;
    private static final Duration ENDLESS = Duration.ofDays(36_500);

    private final Runnable stop;
    private final ReentrantLock lock = new ReentrantLock();
    private final long start;
    private final boolean limited;
    private long end;
    private int waits;
    private long waitingSince;
    private Alarms.@Nullable Alarm alarm;

    /**
     * Counts from now.
     *
     * @param limit null: what the parent has left, or endless
     * @param stop what is done when the time is over; short
     */
    RunClock(Engine engine, Runnable stop, @Nullable Duration limit, @Nullable RunClock parent) {
        this.engine = engine;
        this.stop = stop;
        this.start = engine.time().nanos();
        var above = parent == null || !parent.limited ? null : parent;
        this.limited = limit != null || above != null;
        long own = start + (limit == null ? ENDLESS : limit).toNanos();
        this.end = above == null || own - above.end() < 0 ? own : above.end();
    }

    /** From here on the run's thread is interrupted when the time is over. */
    void start() {
        lock.lock();
        try {
            if (limited) alarm = engine.alarms().at(end, stop);
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            if (alarm != null) alarm.close();
        } finally {
            lock.unlock();
        }
    }

    long end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(engine.time().nanos() - start);
    }

    Duration limit() {
        return Duration.ofNanos(end() - start);
    }

    Duration left() {
        return Duration.ofNanos(end() - engine.time().nanos());
    }

    /** False: it ends when it ends. */
    boolean limited() {
        return limited;
    }

    /** The same moment by the wall clock, for those who only know that. */
    Instant deadline() {
        return engine.clock().instant().plus(left());
    }

    /** A human is asked: time stands still until the pause is closed. */
    Pause pause() {
        lock.lock();
        try {
            if (waits++ == 0) {
                waitingSince = engine.time().nanos();
                if (alarm != null) alarm.close();
            }
            return this::resume;
        } finally {
            lock.unlock();
        }
    }

    /** Closing it lets the time go on. */
    interface Pause extends AutoCloseable {
        @Override
        void close();
    }

    private void resume() {
        lock.lock();
        try {
            if (--waits > 0) return;
            end += engine.time().nanos() - waitingSince;
            if (alarm != null) alarm = engine.alarms().at(end, stop);
        } finally {
            lock.unlock();
        }
    }
}
