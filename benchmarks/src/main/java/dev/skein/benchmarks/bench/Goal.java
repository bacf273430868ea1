package dev.skein.benchmarks.bench;

import static dev.skein.benchmarks.bench.Contender.FLOOR;
import static dev.skein.benchmarks.bench.Contender.LANGCHAIN4J;
import static dev.skein.benchmarks.bench.Contender.LAUNCHER;
import static dev.skein.benchmarks.bench.Contender.SKEIN;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What Skein's figure divided by another subject's must be, and what is worked for. */
record Goal(String cell, Metric metric, String subject, String against, Limits limits) {

    /**
     * Bounds of a ratio.
     *
     * @param must a release is held to it
     * @param aim at least as hard as {@code must}
     */
    record Limits(double must, double aim) {}

    /** All goals there are. */
    static List<Goal> all() {
        var goals = new ArrayList<Goal>();
        for (var work : List.of("one", "tool")) {
            for (var callers : List.of("1 caller", "64 callers")) {
                var cell = work + ", " + callers;
                goals.add(goal(cell, Metric.RUNS_PER_SECOND, LANGCHAIN4J, limits(1.3, 2)));
                goals.add(goal(cell, Metric.CPU_PER_RUN, LANGCHAIN4J, limits(0.7, 0.5)));
                goals.add(goal(cell, Metric.CPU_PER_RUN, FLOOR, limits(3, 3)));
                goals.add(goal(cell, Metric.P99, LANGCHAIN4J, limits(1, 1)));
            }
            goals.add(goal(work + ", 1 caller", Metric.P50, LANGCHAIN4J, limits(1, 0.5)));
            goals.add(goal(work + ", 1 caller", Metric.P50, FLOOR, limits(3, 3)));
        }
        for (var cell : List.of("one in modes, 64 callers", "tool in modes, 64 callers")) {
            for (var subject : List.of(Contender.TALKING, Contender.STORING)) {
                var more = Metric.RUNS_PER_SECOND;
                goals.add(new Goal(cell, more, subject, LANGCHAIN4J, limits(1.3, 2)));
                var cpu = Metric.CPU_PER_RUN;
                goals.add(new Goal(cell, cpu, subject, LANGCHAIN4J, limits(0.7, 0.5)));
            }
            var cpu = Metric.CPU_PER_RUN;
            goals.add(new Goal(cell, cpu, Contender.LISTENING, SKEIN, limits(1.1, 1.1)));
        }
        burst(goals, 1_000, limits(1.25, 1.10), limits(1.10, 1.05));
        burst(goals, 10_000, limits(2.1, 1.4), limits(1.4, 1.2));
        goals.add(cold(LAUNCHER, limits(0.6, 0.5)));
        goals.add(cold(SKEIN, limits(0.8, 0.5)));
        return goals;
    }

    /** Better, or as good. */
    boolean reached(double ratio, double limit) {
        return metric.more() ? ratio >= limit : ratio <= limit;
    }

    String verdict(double ratio) {
        if (reached(ratio, limits.aim)) return "aim met";
        return reached(ratio, limits.must) ? "must met, aim missed" : "**missed**";
    }

    /** The limits in words. */
    String wanted() {
        var sign = metric.more() ? "≥ " : "≤ ";
        return limits.must == limits.aim
                ? sign + limits.aim
                : "must " + sign + limits.must + ", aim " + sign + limits.aim;
    }

    private static void burst(List<Goal> goals, int size, Limits first, Limits second) {
        var cell = String.format(Locale.ROOT, "%,d at once, ", size);
        goals.add(goal(cell + "first batch", Metric.WALL, FLOOR, first));
        cell += "second batch";
        goals.add(goal(cell, Metric.WALL, FLOOR, second));
        goals.add(goal(cell, Metric.CPU, FLOOR, limits(3, 3)));
        goals.add(goal(cell, Metric.CPU, LANGCHAIN4J, limits(0.7, 0.4)));
        goals.add(goal(cell, Metric.PEAK, LANGCHAIN4J, limits(0.75, 0.75)));
    }

    private static Goal cold(String subject, Limits limits) {
        return new Goal("cold start", Metric.WALL, subject, LANGCHAIN4J, limits);
    }

    private static Goal goal(String cell, Metric metric, String against, Limits limits) {
        return new Goal(cell, metric, SKEIN, against, limits);
    }

    private static Limits limits(double must, double aim) {
        return new Limits(must, aim);
    }
}
