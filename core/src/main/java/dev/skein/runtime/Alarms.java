package dev.skein.runtime;

import dev.skein.policy.Timekeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Rings at set times: deadlines of runs and timeouts of tools. One virtual thread, started with the
 * first alarm and parked until the next is due, rings them all; so ringing must be short, and must
 * not throw.
 */
final class Alarms implements AutoCloseable {
    private final Timekeeper time;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Alarm> pending = new TreeSet<>();
    private @Nullable Thread ringer;
    private long order;
    private boolean closed;

    /** One set alarm; closing it takes it back. */
    final class Alarm implements AutoCloseable, Comparable<Alarm> {
        private final long at;
        private final long place;
        private final Runnable ring;

        private Alarm(long at, long place, Runnable ring) {
            this.at = at;
            this.place = place;
            this.ring = ring;
        }

        @Override
        public int compareTo(Alarm other) {
            int byTime = Long.signum(at - other.at);
            return byTime != 0 ? byTime : Long.compare(place, other.place);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(place);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                pending.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }

    Alarms(Timekeeper time) {
        this.time = time;
    }

    /** Rings at that time of the monotonic clock, or at once if it has passed. */
    Alarm at(long nanos, Runnable ring) {
        lock.lock();
        try {
            var alarm = new Alarm(nanos, order++, ring);
            pending.add(alarm);
            if (!closed && ringer == null)
                ringer = Thread.ofVirtual().name("skein-alarms").start(this::ringAll);
            else if (pending.first().equals(alarm)) LockSupport.unpark(ringer);
            return alarm;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            LockSupport.unpark(ringer);
        } finally {
            lock.unlock();
        }
    }

    private void ringAll() {
        while (!isClosed()) {
            due().forEach(alarm -> alarm.ring.run());
            long next = nextTime();
            if (next == Long.MAX_VALUE) LockSupport.park(this);
            else parkUntil(next);
        }
    }

    private void parkUntil(long next) {
        try (var wake = time.wake(next, Thread.currentThread())) {
            if (time.nanos() - next < 0 && !isClosed() && nextTime() >= next)
                LockSupport.park(wake);
        }
    }

    private List<Alarm> due() {
        lock.lock();
        try {
            var due = new ArrayList<Alarm>();
            long now = time.nanos();
            while (!pending.isEmpty() && pending.first().at - now <= 0)
                due.add(pending.removeFirst());
            return due;
        } finally {
            lock.unlock();
        }
    }

    private long nextTime() {
        lock.lock();
        try {
            return pending.isEmpty() ? Long.MAX_VALUE : pending.first().at;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
