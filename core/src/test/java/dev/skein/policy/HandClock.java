package dev.skein.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A clock that a test moves. Its monotonic time begins just before it overflows. */
public final class HandClock implements Timekeeper {
    private static final long ORIGIN = Long.MAX_VALUE - 1_000_000_000L;

    private record Due(long at, Thread parked) {}

    private final AtomicLong nanos = new AtomicLong();
    private final Set<Due> wakes = ConcurrentHashMap.newKeySet();

    public HandClock() {
        nanos.set(ORIGIN);
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos.get() - ORIGIN);
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Wake wake(long atNanos, Thread parked) {
        var due = new Due(atNanos, parked);
        wakes.add(due);
        ring();
        return () -> wakes.remove(due);
    }

    /** Moves on, and wakes who is due. */
    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
        ring();
    }

    /** How many wake-ups are set and not taken back. */
    public int waiting() {
        return wakes.size();
    }

    private void ring() {
        for (var due : wakes) {
            if (due.at() - nanos.get() <= 0) {
                LockSupport.unpark(due.parked());
            }
        }
    }
}
