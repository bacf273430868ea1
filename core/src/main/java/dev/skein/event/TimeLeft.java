package dev.skein.event;

import java.time.Duration;

/** Counts a caller's waiting time down over several waits. */
final class TimeLeft {
    private final long start = System.nanoTime();
    private final Duration limit;

    TimeLeft(Duration limit) {
        this.limit = limit;
    }

    Duration now() {
        var left = limit.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
