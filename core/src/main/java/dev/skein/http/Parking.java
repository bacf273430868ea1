package dev.skein.http;

import dev.skein.policy.Timekeeper;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Where threads wait that have no line yet: for a free place or for an address. */
final class Parking {
    private final Timekeeper time;
    private final Set<Thread> parked = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Parking(Timekeeper time) {
        this.time = time;
    }

    boolean closed() {
        return closed;
    }

    /**
     * Parks until a time, an unpark or for no reason; false if the time is up or this is closed.
     */
    boolean park(long until) throws InterruptedException {
        parked.add(Thread.currentThread());
        try {
            return !closed && time.park(until) && !closed;
        } finally {
            parked.remove(Thread.currentThread());
        }
    }

    /** Sends everybody away, for good. */
    void close() {
        closed = true;
        parked.forEach(LockSupport::unpark);
    }
}
