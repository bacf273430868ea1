package dev.skein.view;

/**
 * When a page is written again: at once for what matters, else when half a second of changes was
 * collected, and never more than twice in a second. Times are monotonic nanoseconds.
 */
final class Pace {
    private static final long SECOND = 1_000_000_000;
    private static final long COLLECTING = SECOND / 2;

    private long last;
    private long before;
    private long due;
    private boolean wanted;

    Pace(long now) {
        last = now - SECOND;
        before = last;
    }

    /** Something changed. */
    void want(boolean atOnce, long now) {
        long earliest = atOnce ? now : now + COLLECTING;
        long free = before + SECOND;
        long next = free - earliest > 0 ? free : earliest;
        if (!wanted || next - due < 0) due = next;
        wanted = true;
    }

    boolean wanted() {
        return wanted;
    }

    /** How long until the page is to be written; zero or less: now. */
    long left(long now) {
        return due - now;
    }

    void written(long now) {
        before = last;
        last = now;
        wanted = false;
    }
}
