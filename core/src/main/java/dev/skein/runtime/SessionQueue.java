package dev.skein.runtime;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** One run at a time per stored conversation; the others wait in the order in which they came. */
final class SessionQueue {
    private static final int MOST_WAITING = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Line> lines = new HashMap<>();

    private static final class Line {
        final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
        LiveRun<?> holder;

        Line(LiveRun<?> holder) {
            this.holder = holder;
        }
    }

    private record Ticket(LiveRun<?> run, CountDownLatch granted) {}

    /** Held until closed. */
    interface Seat extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until the conversation is free; an interrupt, and so the run's deadline, ends the wait.
     *
     * @throws SkeinException with {@code conflict.session} if 64 wait already, or an ancestor of
     *     the run holds it
     */
    Seat enter(LiveRun<?> run, String key) throws InterruptedException {
        var ticket = new Ticket(run, new CountDownLatch(1));
        if (!enqueue(key, ticket)) {
            try {
                ticket.granted().await();
            } catch (InterruptedException e) {
                withdraw(key, ticket);
                throw e;
            }
        }
        return () -> leave(key);
    }

    /** True if nobody was before it. */
    private boolean enqueue(String key, Ticket ticket) {
        lock.lock();
        try {
            var line = lines.get(key);
            if (line == null) {
                lines.put(key, new Line(ticket.run()));
                return true;
            }
            if (descends(ticket.run(), line.holder)) throw refused(key, line.holder, 0);
            if (line.waiting.size() >= MOST_WAITING) throw refused(key, line.holder, MOST_WAITING);
            line.waiting.add(ticket);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void withdraw(String key, Ticket ticket) {
        lock.lock();
        try {
            var line = lines.get(key);
            if (line != null && line.waiting.remove(ticket)) return;
        } finally {
            lock.unlock();
        }
        leave(key); // it was granted in the moment of the interrupt
    }

    private void leave(String key) {
        lock.lock();
        try {
            var line = lines.get(key);
            if (line == null) return;
            var next = line.waiting.poll();
            if (next == null) {
                lines.remove(key);
            } else {
                line.holder = next.run();
                next.granted().countDown();
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean descends(LiveRun<?> run, LiveRun<?> ancestor) {
        for (var above = run.parent(); above != null; above = above.parent())
            if (above == ancestor) return true;
        return false;
    }

    private static SkeinException refused(String key, LiveRun<?> holder, int waiting) {
        return new SkeinException(new Conflict.Session(key, holder.name(), waiting));
    }
}
