package dev.skein.http;

import dev.skein.http.TransportException.Kind;
import dev.skein.policy.Timekeeper;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that ends lines whose time has passed. A read with a time limit of its own costs
 * several system calls; so reads here have none, each line says what it waits for and until when,
 * and the watchdog closes the socket of the one that is late, which ends its read.
 *
 * <p>It sleeps until {@link #planned}, the earliest time that any line has named. A line that names
 * an earlier one lowers the plan and wakes it. Lines that end in time leave the plan as it is: at
 * worst it wakes once, finds nothing and plans anew. With no line open it sleeps without a time.
 */
final class Watchdog {
    private static final long FOREVER = 1L << 61;

    private final Timekeeper time;
    private final Runnable swept;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final AtomicLong planned;
    private final Thread thread;
    private volatile boolean stopped;

    Watchdog(Timekeeper time, Runnable swept) {
        this.time = time;
        this.swept = swept;
        planned = new AtomicLong(time.nanos() + FOREVER);
        thread = Thread.ofVirtual().name("skein-watchdog").unstarted(this::watch);
    }

    /**
     * A watchdog that is at work.
     *
     * @param swept called by its thread whenever lines may have been closed
     */
    static Watchdog start(Timekeeper time, Runnable swept) {
        var watchdog = new Watchdog(time, swept);
        watchdog.thread.start();
        return watchdog;
    }

    Timekeeper time() {
        return time;
    }

    /** From now on the line is watched; it is closed at once if the watchdog has stopped. */
    void add(Line line) {
        lines.add(line);
        if (stopped) {
            line.end(Kind.CLOSED);
        }
    }

    void remove(Line line) {
        lines.remove(line);
    }

    /** A line that is watched has named a time. */
    void expect(long due) {
        for (long plan = planned.get(); due - plan < 0; plan = planned.get()) {
            if (planned.compareAndSet(plan, due)) {
                LockSupport.unpark(thread);
                return;
            }
        }
    }

    /** Ends all lines and its own thread, and waits for that. */
    void stop() {
        stopped = true;
        lines.forEach(line -> line.end(Kind.CLOSED));
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!stopped) {
                sweep();
                sleep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The plan is lifted before the lines are looked at: what a line names meanwhile lowers it
    // again.
    private void sweep() {
        long now = time.nanos();
        planned.set(now + FOREVER);
        for (var line : lines) {
            line.check(now);
        }
        swept.run();
    }

    private void sleep() throws InterruptedException {
        while (planned.get() - time.nanos() > 0) {
            long plan = planned.get();
            if (plan - time.nanos() > FOREVER / 2) {
                sleepUntilWoken();
            } else {
                time.park(plan);
            }
        }
    }

    private void sleepUntilWoken() throws InterruptedException {
        LockSupport.park(this);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
