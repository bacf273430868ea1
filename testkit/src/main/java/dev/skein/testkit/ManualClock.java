package dev.skein.testkit;

import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until a test moves it. What waits for it, waits in real threads, and is
 * woken in the order of its time; each woken thread settles (waits again, or has ended) before the
 * next is woken. So an hour passes in milliseconds, nothing fires that was not due, and what a
 * woken thread did by itself can be asserted without waiting for it.
 *
 * <p>Only the woken thread is waited for, not the threads that it started or interrupted in turn:
 * wait for their outcome, such as {@code RunHandle.result()}, or with {@link #awaitWaiters}.
 *
 * <pre>{@code
 * var clock = ManualClock.at(Instant.parse("2026-03-02T09:00:00Z"));
 * var sleeper = Thread.ofVirtual().start(() -> napUntil(clock, Duration.ofHours(1)));
 * clock.awaitWaiters(1);
 * clock.advance(Duration.ofHours(1));   // the sleeper is awake, and has ended or waits again
 * }</pre>
 */
public final class ManualClock implements Timekeeper {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Held while time moves, so that two movers do not mix; never together with callers' locks. */
    private final ReentrantLock moving = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition joined = lock.newCondition();
    private final TreeSet<PendingWake> pending = new TreeSet<>();
    private Instant wall;
    private long nanos;
    private long made;

    private ManualClock(Instant start) {
        this.wall = start;
    }

    /** A clock whose wall shows that moment. Its monotonic time begins at 0. */
    public static ManualClock at(Instant start) {
        return new ManualClock(start);
    }

    @Override
    public Instant instant() {
        lock.lock();
        try {
            return wall;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long nanos() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Wake wake(long atNanos, Thread parked) {
        lock.lock();
        try {
            var wake = new PendingWake(this, atNanos, made++, parked);
            if (atNanos - nanos <= 0) LockSupport.unpark(parked);
            else pending.add(wake);
            joined.signalAll();
            return wake;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves wall and monotonic time forward. Everything that is due on the way, also what is added
     * meanwhile, is woken at its own time, and settles before time goes on.
     *
     * @throws IllegalArgumentException for a negative duration
     * @throws IllegalStateException with its stack, if a woken thread has not settled after 30 s
     */
    public void advance(Duration duration) {
        if (duration.isNegative())
            throw new IllegalArgumentException("time does not go back, was " + duration);
        moving.lock();
        try {
            moveTo(nanos() + duration.toNanos());
        } finally {
            moving.unlock();
        }
    }

    /**
     * Moves time forward to the next wake, and wakes all that is due then.
     *
     * @return how far time was moved
     * @throws IllegalStateException if nobody waits; or as for {@link #advance}
     */
    public Duration advanceToNextWake() {
        moving.lock();
        try {
            long before = nanos();
            moveTo(next());
            return Duration.ofNanos(nanos() - before);
        } finally {
            moving.unlock();
        }
    }

    /** Somebody set the wall clock, forward or back: monotonic time stays, and nobody is woken. */
    public void jumpWall(Duration by) {
        lock.lock();
        try {
            wall = wall.plus(by);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Blocks until at least so many threads wait for this clock.
     *
     * @throws IllegalStateException with those that do wait, after 30 s
     */
    public void awaitWaiters(int count) throws InterruptedException {
        if (!joined(count))
            throw new IllegalStateException(
                    "Waited "
                            + PATIENCE.toSeconds()
                            + " s for "
                            + count
                            + " waiters, there are "
                            + waiters());
    }

    /** Who waits for this clock, the next to be woken first. */
    public List<Waiter> waiters() {
        long now = nanos();
        return pending().stream()
                .map(wake -> Waiter.of(wake.parked(), Duration.ofNanos(wake.at() - now)))
                .toList();
    }

    /** The time and how many wait for it. */
    @Override
    public String toString() {
        lock.lock();
        try {
            return wall + " (" + pending.size() + " waiting)";
        } finally {
            lock.unlock();
        }
    }

    void forget(PendingWake wake) {
        lock.lock();
        try {
            pending.remove(wake);
        } finally {
            lock.unlock();
        }
    }

    private boolean joined(int count) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = PATIENCE.toNanos();
            while (pending.size() < count && left > 0) left = joined.awaitNanos(left);
            return pending.size() >= count;
        } finally {
            lock.unlock();
        }
    }

    private List<PendingWake> pending() {
        lock.lock();
        try {
            return List.copyOf(pending);
        } finally {
            lock.unlock();
        }
    }

    private long next() {
        lock.lock();
        try {
            if (pending.isEmpty()) throw new IllegalStateException("Nobody waits for this clock.");
            return pending.first().at();
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(long target) {
        for (var wake = dueUntil(target); wake != null; wake = dueUntil(target)) {
            LockSupport.unpark(wake.parked());
            new Settling(wake).await(PATIENCE);
        }
    }

    /** The next wake that is due until then, time moved to it; null when time has reached it. */
    private @Nullable PendingWake dueUntil(long target) {
        lock.lock();
        try {
            boolean due = !pending.isEmpty() && pending.first().at() - target <= 0;
            var wake = due ? pending.removeFirst() : null;
            long now = wake == null ? target : Math.max(nanos, wake.at());
            wall = wall.plusNanos(now - nanos);
            nanos = now;
            return wake;
        } finally {
            lock.unlock();
        }
    }
}
