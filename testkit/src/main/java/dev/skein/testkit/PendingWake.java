package dev.skein.testkit;

import dev.skein.policy.Timekeeper;
import org.jspecify.annotations.Nullable;

/** A thread's place in the queue of a {@link ManualClock}: by time, then in order of asking. */
final class PendingWake implements Timekeeper.Wake, Comparable<PendingWake> {
    private final ManualClock clock;
    private final long at;
    private final long place;
    private final Thread parked;
    private volatile boolean closed;

    PendingWake(ManualClock clock, long at, long place, Thread parked) {
        this.clock = clock;
        this.at = at;
        this.place = place;
        this.parked = parked;
    }

    long at() {
        return at;
    }

    Thread parked() {
        return parked;
    }

    /** Whether its owner has taken it back: the first thing that an owner does once awake. */
    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        clock.forget(this);
        closed = true;
    }

    @Override
    public int compareTo(PendingWake other) {
        return at == other.at ? Long.compare(place, other.place) : Long.signum(at - other.at);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(place);
    }
}
