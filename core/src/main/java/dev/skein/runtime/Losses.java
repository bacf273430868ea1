package dev.skein.runtime;

import java.time.Duration;
import java.util.ArrayDeque;

/** How often the agent of a live session was lost of late; touched by its turning thread only. */
final class Losses {
    private static final int MOST = 3;
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final ArrayDeque<Long> times = new ArrayDeque<>();

    /** Counts one more; false: it was lost too often. */
    boolean bears(long now) {
        while (!times.isEmpty() && now - times.getFirst() > PERIOD.toNanos()) times.removeFirst();
        times.add(now);
        return times.size() <= MOST;
    }

    int count() {
        return times.size();
    }
}
