package dev.skein.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a thread that was woken has done what it does then: it has ended, or waits again.
 *
 * <p>A thread's state alone does not tell: right after it was unparked a platform thread still
 * counts as waiting. So it must have closed its wake first, which every owner does as soon as it is
 * awake. Waiting for a lock is a moment, not rest, and a platform thread that reads a socket rests
 * although it counts as runnable.
 */
record Settling(PendingWake wake) {
    private static final int SPINS = 64;

    /**
     * Blocks, spinning, until the thread has settled.
     *
     * @throws IllegalStateException if it has not within that time
     */
    @SuppressWarnings("ThreadPriorityCheck") // a hint that is not taken costs time, never truth
    void await(Duration patience) {
        if (wake.parked().equals(Thread.currentThread())) return;
        long start = System.nanoTime();
        for (int turn = 1; !settled(); turn++) {
            if (System.nanoTime() - start > patience.toNanos()) throw unsettled(patience);
            if (turn % SPINS == 0) Thread.yield();
            else Thread.onSpinWait();
        }
    }

    private boolean settled() {
        if (wake.parked().getState() == Thread.State.TERMINATED) return true;
        return wake.closed() && rests();
    }

    /** The blocker is read before and after the state, so that both are of the same wait. */
    private boolean rests() {
        var blocker = LockSupport.getBlocker(wake.parked());
        return switch (wake.parked().getState()) {
            case NEW, TERMINATED -> true;
            case WAITING, TIMED_WAITING ->
                    !isLock(blocker)
                            && Objects.equals(blocker, LockSupport.getBlocker(wake.parked()));
            case RUNNABLE -> readsSocket();
            case BLOCKED -> false;
        };
    }

    private static boolean isLock(@Nullable Object blocker) {
        if (blocker == null) return false;
        var kind = blocker.getClass().getName();
        return kind.startsWith(ReentrantLock.class.getName())
                || kind.startsWith(ReentrantReadWriteLock.class.getName());
    }

    private boolean readsSocket() {
        if (wake.parked().isVirtual()) return false;
        var stack = wake.parked().getStackTrace();
        return stack.length > 0
                && stack[0].isNativeMethod()
                && stack[0].getClassName().startsWith("sun.nio.ch.");
    }

    private IllegalStateException unsettled(Duration patience) {
        return new IllegalStateException(
                "A thread that was woken still runs after "
                        + patience.toSeconds()
                        + " s: "
                        + Waiter.of(wake.parked(), Duration.ZERO));
    }
}
