package dev.skein.benchmarks.workflows;

/** What is measured of workflows, and what is wanted. */
public enum Aim {
    EMPTY("empty workflows, a second", 20_000, true),
    ALONE("one empty workflow alone, p99 µs", 2_000, false),
    CHILD_HEAP("a waiting child with one session, of 10,000, KiB", 40, false),
    CHILDREN_START("10,000 of them, start, ms", 5_000, false),
    CHILDREN_CANCEL("10,000 of them, cancel, ms", 2_000, false),
    CALL_HALF("endpoint call, p50 µs", 50, false),
    CALL_MOST("endpoint call, p99 µs", 1_000, false),
    SOCKET_CALL("endpoint call over the control socket, p50 µs", 3_000, false),
    EMIT("emit, a second", 200_000, true),
    UNREAD_COST("emit beside 1,000 readers that never read, slower by %", 5, false),
    UNREAD_HEAP("1,000 readers that never read, MiB", 64, false),
    BUBBLE("bubble through 5 levels, events a second", 50_000, true),
    BUBBLE_LAG("bubble through 5 levels at 10,000 a second, p99 ms behind", 10, false),
    LATE("a reader that comes after 1,000,000 entries, first entry ms", 20, false),
    MESSAGE("message between two sessions, p99 µs", 5_000, false),
    RESTARTS("restarts without delay among 1,000 children, a second", 2_000, true),
    STATUS("status of a run with 1,000 sessions, ms", 50, false),
    FILES("entries written to run files, a second", 20_000, true),
    FILES_COST("a run whose files are kept, slower by %", 2, false),
    SHELL("skein ls from the shell, ms", 600, false),
    LIST("skein ls with 50 runtimes, half of them dead, ms", 1_000, false);

    private final String title;
    private final double limit;
    private final boolean atLeast;

    Aim(String title, double limit, boolean atLeast) {
        this.title = title;
        this.limit = limit;
        this.atLeast = atLeast;
    }

    public String title() {
        return title;
    }

    public double limit() {
        return limit;
    }

    /** Whether more is better. */
    public boolean atLeast() {
        return atLeast;
    }

    public boolean met(double value) {
        return atLeast ? value >= limit : value <= limit;
    }
}
