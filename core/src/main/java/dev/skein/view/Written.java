package dev.skein.view;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far the writer of run files has come. */
final class Written {
    private static final long DAY = Duration.ofDays(1).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private volatile long seq;
    private boolean over;

    /** Everything up to there is on disk. */
    void through(long seq) {
        set(seq, false);
    }

    /** Nothing more will be written. */
    void end() {
        set(seq(), true);
    }

    private void set(long seq, boolean over) {
        lock.lock();
        try {
            this.seq = seq;
            this.over |= over;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long seq() {
        return seq;
    }

    /** By the real clock, as all waits of readers; false: the time passed. */
    boolean await(long wanted, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.compareTo(Duration.ofDays(1)) > 0 ? DAY : limit.toNanos();
            while (seq < wanted && !over && left > 0) left = grown.awaitNanos(left);
            return seq >= wanted || over;
        } finally {
            lock.unlock();
        }
    }
}
