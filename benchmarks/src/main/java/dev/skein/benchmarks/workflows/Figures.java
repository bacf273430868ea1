package dev.skein.benchmarks.workflows;

import dev.skein.json.Json;
import java.io.PrintStream;
import java.util.Arrays;

/** Says what was measured, a line of JSON for each figure. */
record Figures(PrintStream out) {
    private static final double NANOS = 1e9;

    void say(Aim aim, double value) {
        out.println(Json.object("aim", aim.name(), "value", value).canonical());
    }

    /** So many things in so many nanoseconds. */
    void rate(Aim aim, long count, long nanos) {
        say(aim, count * NANOS / nanos);
    }

    void millis(Aim aim, long nanos) {
        say(aim, nanos / 1e6);
    }

    /** The smallest time that so many percent of them do not exceed, in microseconds. */
    void micros(Aim aim, int percent, long[] nanos) {
        say(aim, quantile(percent, nanos) / 1e3);
    }

    /** By how many percent the median of the second is above that of the first; 0 if it is not. */
    static double slower(long[] first, long[] second) {
        return Math.max(0, 100.0 * quantile(50, second) / quantile(50, first) - 100);
    }

    static long quantile(int percent, long[] nanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) ((sorted.length - 1L) * percent / 100)];
    }
}
