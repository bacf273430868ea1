package dev.skein.runtime;

import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps calls from a model that fails: five failures in a row within 30 s open it for 15 s; then
 * one call probes, and its outcome decides (Nygard, "Release It!", 2nd edition, chapter 5).
 */
final class Breaker {
    private static final int FAILURES = 5;
    private static final long WITHIN = Duration.ofSeconds(30).toNanos();
    private static final long SHUT = Duration.ofSeconds(15).toNanos();

    private final Timekeeper time;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Long> failures = new ArrayDeque<>(FAILURES);
    private boolean shut;
    private boolean probing;
    private long shutUntil;

    Breaker(Timekeeper time) {
        this.time = time;
    }

    /**
     * How long to wait before asking again: nothing when a call may be made now. A probe is granted
     * to one caller only.
     */
    Duration ask() {
        lock.lock();
        try {
            if (!shut) return Duration.ZERO;
            long left = shutUntil - time.nanos();
            if (left > 0) return Duration.ofNanos(left);
            if (probing) return Duration.ofMillis(100);
            probing = true;
            return Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    void succeeded() {
        lock.lock();
        try {
            failures.clear();
            shut = false;
            probing = false;
        } finally {
            lock.unlock();
        }
    }

    /** True if this failure shut it. */
    boolean failed() {
        lock.lock();
        try {
            long now = time.nanos();
            if (failures.size() == FAILURES) failures.poll();
            failures.add(now);
            boolean wave = failures.size() == FAILURES && now - failures.getFirst() <= WITHIN;
            boolean shuts = probing || (wave && !shut);
            probing = false;
            if (!shuts) return false;
            shut = true;
            shutUntil = now + SHUT;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The caller ended without learning anything of the model: canceled, or refused by a rule of
     * ours.
     */
    void released() {
        lock.lock();
        try {
            probing = false;
        } finally {
            lock.unlock();
        }
    }
}
