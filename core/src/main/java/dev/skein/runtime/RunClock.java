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
    private final Interrupter interrupter;
    private final ReentrantLock lock = new ReentrantLock();
    private final long start;
    private long end;
    private int waits;
    private long waitingSince;
    private Alarms.@Nullable Alarm alarm;

    RunClock(Engine engine, Interrupter interrupter, Duration limit, @Nullable RunClock parent) {
        this.engine = engine;
        this.interrupter = interrupter;
        this.start = engine.time().nanos();
        long own = start + limit.toNanos();
        this.end = parent == null || own - parent.end() < 0 ? own : parent.end();
    }

    /** From here on the run's thread is interrupted when the time is over. */
    void start() {
        lock.lock();
        try {
            alarm = engine.alarms().at(end, this::ring);
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
            if (alarm != null) alarm = engine.alarms().at(end, this::ring);
        } finally {
            lock.unlock();
        }
    }

    private void ring() {
        interrupter.stop(new Interrupter.Stop.Deadline());
    }
}
