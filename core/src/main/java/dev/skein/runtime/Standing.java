package dev.skein.runtime;

import dev.skein.event.Event;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.failure.Failure;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where a live session stands: its state, the calls under way, the people who are asked. */
final class Standing {
    private final Consumer<Event> record;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private SessionState state = SessionState.STARTING;
    private int calls;
    private int waits;

    Standing(Consumer<Event> record) {
        this.record = record;
    }

    /** Whoever holds it sees no change of state. */
    ReentrantLock lock() {
        return lock;
    }

    SessionState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    boolean isLive() {
        var now = state();
        return now != SessionState.STOPPING && now != SessionState.ENDED;
    }

    /** Only as states may follow each other; false: it stays as it is. */
    boolean change(SessionState to, @Nullable Failure cause) {
        lock.lock();
        try {
            var from = state;
            if (!from.mayBecome(to)) return false;
            try {
                record.accept(new SessionEvent.SessionChanged(from, to, cause));
            } finally {
                state = to; // or what cannot be recorded could not end either
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Lets calls under way finish for a while. */
    void drain(Duration limit) {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (calls > 0 && left > 0) left = quiet.awaitNanos(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    Desk.Pause calls() {
        count(1);
        return () -> count(-1);
    }

    private void count(int more) {
        lock.lock();
        try {
            calls += more;
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Desk.Pause waiting() {
        waits(1);
        return () -> waits(-1);
    }

    private void waits(int more) {
        lock.lock();
        try {
            waits += more;
            if (waits > 0) change(SessionState.WAITING, null);
            else if (state == SessionState.WAITING) change(SessionState.WORKING, null);
        } finally {
            lock.unlock();
        }
    }
}
