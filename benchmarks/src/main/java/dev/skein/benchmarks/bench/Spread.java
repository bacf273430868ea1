package dev.skein.benchmarks.bench;

import java.util.List;
import java.util.Locale;

/** The median of some figures, with the least and the greatest. */
record Spread(double median, double min, double max) {

    /** Of at least one figure. */
    static Spread of(List<Double> figures) {
        var sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median =
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    String text(int digits) {
        var one = "%,." + digits + "f";
        return min == max
                ? String.format(Locale.ROOT, one, median)
                : String.format(Locale.ROOT, one + " (" + one + "–" + one + ")", median, min, max);
    }
}
