package dev.skein.runtime;

import dev.skein.event.ToolEvent.ThreadAbandoned;
import java.time.Duration;
import java.util.Arrays;

/** Threads that did not leave when they were interrupted, as entries tell of them. */
final class Abandoned {
    private static final int MOST_CALLS = 64;

    private Abandoned() {}

    /** With where the thread is now, for whoever wants to know what it did not let go of. */
    static ThreadAbandoned of(Thread thread, Duration waited) {
        var stack =
                Arrays.stream(thread.getStackTrace())
                        .limit(MOST_CALLS)
                        .map(StackTraceElement::toString)
                        .toList();
        return new ThreadAbandoned(thread.toString(), stack, waited);
    }
}
