package dev.skein.benchmarks.bench;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a sample says of its subject. */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
enum Metric {
    RUNS_PER_SECOND("runs/s", 0, true, s -> s.number("runs") / s.number("wallMicros") * 1e6),
    CPU_PER_RUN("CPU ms a run", 3, false, s -> s.number("subjectCpuMillis") / s.number("runs")),
    P50("p50 µs", 0, false, s -> s.number("p50Micros")),
    P99("p99 µs", 0, false, s -> s.number("p99Micros")),
    WALL("wall ms", 0, false, s -> s.number("wallMicros") / 1e3),
    CPU("CPU ms", 0, false, s -> s.number("subjectCpuMillis")),
    PEAK("peak MiB", 0, false, s -> s.number("peakKib") / 1024),
    RESIDENT("resident MiB", 0, false, s -> s.number("residentKib") / 1024),
    LIVE("heap after collection, KiB", 0, false, s -> s.number("liveBytes") / 1024),
    HELD("heap of the runs, MiB", 1, false, s -> s.number("heldBytes") / 1024 / 1024),
    WAITING("runs waiting", 0, true, s -> s.number("waiting")),
    THREADS("platform threads", 0, false, s -> s.number("threads")),
    CONNECTIONS("connections", 0, false, s -> s.number("connections")),
    FAILED("failed", 0, false, s -> s.number("failed") + orZero(s.number("unfinished"))),
    NOISE("noise", 2, false, s -> s.number("noise"));

    private final String title;
    private final int digits;
    private final boolean more;
    private final ToDoubleFunction<Sample> value;

    Metric(String title, int digits, boolean more, ToDoubleFunction<Sample> value) {
        this.title = title;
        this.digits = digits;
        this.more = more;
        this.value = value;
    }

    String title() {
        return title;
    }

    /** Whether more is better. */
    boolean more() {
        return more;
    }

    double of(Sample sample) {
        return value.applyAsDouble(sample);
    }

    String text(Spread spread) {
        return spread.text(digits);
    }

    String text(double figure) {
        return String.format(Locale.ROOT, "%,." + digits + "f", figure);
    }

    private static double orZero(double figure) {
        return Double.isNaN(figure) ? 0 : figure;
    }
}
