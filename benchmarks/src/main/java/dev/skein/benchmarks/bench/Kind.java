package dev.skein.benchmarks.bench;

import java.util.Arrays;
import java.util.List;

/** What a cell measures, and so which figures say something about it. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are not changed
enum Kind {
    LOOP(
            List.of("one", "tool"),
            List.of(
                    Metric.RUNS_PER_SECOND,
                    Metric.CPU_PER_RUN,
                    Metric.P50,
                    Metric.P99,
                    Metric.PEAK)),
    BURST(
            List.of("1,", "10,"),
            List.of(Metric.WALL, Metric.CPU, Metric.PEAK, Metric.THREADS, Metric.CONNECTIONS)),
    COLD(List.of("cold"), List.of(Metric.WALL, Metric.CPU, Metric.RESIDENT, Metric.THREADS)),
    MEMORY(
            List.of("finished", "waiting", "closed"),
            List.of(Metric.LIVE, Metric.WAITING, Metric.HELD, Metric.PEAK));

    private final List<String> beginnings;
    private final List<Metric> compared;

    Kind(List<String> beginnings, List<Metric> compared) {
        this.beginnings = beginnings;
        this.compared = compared;
    }

    static Kind of(String cell) {
        return Arrays.stream(values())
                .filter(kind -> kind.beginnings.stream().anyMatch(cell::startsWith))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such cell: " + cell));
    }

    /** The figures in which subjects are compared. */
    List<Metric> compared() {
        return compared;
    }

    /** The figures of the table: those, and what tells how far they can be trusted. */
    List<Metric> shown() {
        return Arrays.stream(Metric.values())
                .filter(metric ->
                        compared.contains(metric)
                                || metric == Metric.THREADS
                                || metric == Metric.FAILED
                                || metric == Metric.NOISE)
                .toList();
    }
}
