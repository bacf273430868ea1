package dev.skein.runtime;

import dev.skein.failure.Failure;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that does a piece of work, for a reason that can be asked for later, and
 * only while the work lasts: when it is over, an interrupt of ours that nobody noticed is taken
 * back, so that it never hits what the thread does next.
 */
final class Interrupter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition announced = lock.newCondition();
    private @Nullable Thread thread;
    private @Nullable Stop stop;
    private boolean announcing;
    private boolean ours;
    private boolean over;

    /** Why work was stopped from outside. */
    sealed interface Stop {
        record Deadline() implements Stop {}

        record Canceled(String by, String reason) implements Stop {}

        record Failed(Failure failure) implements Stop {}
    }

    /** The work begins on this thread. */
    void begin(Thread worker) {
        lock.lock();
        try {
            thread = worker;
            if (stop != null && !announcing) interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** The first reason counts. False if the work is over or was stopped before. */
    boolean stop(Stop reason) {
        return stop(reason, () -> {});
    }

    /**
     * As {@link #stop(Stop)}, but says so first: until that is done nothing is interrupted, and the
     * work is not over.
     */
    boolean stop(Stop reason, Runnable announcement) {
        if (!claim(reason)) return false;
        try {
            announcement.run();
        } finally {
            carryOut();
        }
        return true;
    }

    private boolean claim(Stop reason) {
        lock.lock();
        try {
            if (over || stop != null) return false;
            stop = reason;
            announcing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void carryOut() {
        lock.lock();
        try {
            announcing = false;
            announced.signalAll();
            if (thread != null) interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** On which thread the work is done; null: it has not begun, or is over. */
    @Nullable Thread worker() {
        lock.lock();
        try {
            return thread;
        } finally {
            lock.unlock();
        }
    }

    @Nullable Stop reason() {
        lock.lock();
        try {
            return stop;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The work is over; from here on nothing is interrupted. Must be called on the working thread;
     * waits for an announcement that is being made.
     *
     * @param noticed the work ended by an {@code InterruptedException}
     * @return whether somebody else interrupted the thread too
     */
    boolean end(boolean noticed) {
        lock.lock();
        try {
            while (announcing) announced.awaitUninterruptibly();
            over = true;
            thread = null;
            boolean pending = Thread.interrupted();
            return ours ? noticed && pending : noticed || pending;
        } finally {
            lock.unlock();
        }
    }

    private void interrupt() {
        ours = true;
        if (thread != null) thread.interrupt();
    }
}
