package dev.skein.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;

/** What must hold for Skein and is no matter of time, so that a busy machine is no excuse. */
record Bounds(List<Sample> samples) {
    private static final int MOST_THREADS = 40;
    private static final double MOST_HELD = 1L << 30;
    private static final double MOST_GROWTH = 1.05;

    /** What does not hold; empty if all is well. */
    List<String> broken() {
        var broken = new ArrayList<String>();
        for (var sample : samples) {
            if (!sample.subject().startsWith(Contender.SKEIN)) continue;
            sample.flaw().ifPresent(flaw -> broken.add(place(sample) + flaw));
            above(sample, Metric.THREADS, MOST_THREADS, broken);
            if (sample.number("unfinished") > 0) broken.add(place(sample) + "runs did not end");
            if (sample.cell().contains("at once")
                    && sample.number("connections") > sample.number("runs"))
                broken.add(place(sample) + "more connections than runs at once");
            if (sample.cell().startsWith("waiting")) waiting(sample, broken);
            if (sample.cell().equals("closed")) closed(sample, broken);
        }
        growth(broken);
        return broken;
    }

    private static void above(Sample sample, Metric metric, double most, List<String> broken) {
        if (metric.of(sample) > most)
            broken.add(
                    place(sample)
                            + metric.title()
                            + " "
                            + metric.text(metric.of(sample))
                            + ", at most "
                            + metric.text(most));
    }

    private static void waiting(Sample sample, List<String> broken) {
        above(sample, Metric.HELD, MOST_HELD / 1024 / 1024, broken);
        if (sample.number("waiting") != sample.number("runs"))
            broken.add(place(sample) + "not all runs waited when the heap was measured");
    }

    private static void closed(Sample sample, List<String> broken) {
        var left = sample.figures();
        if (!left.get("threads").text().isEmpty())
            broken.add(place(sample) + "threads are left: " + left.get("threads").text());
        if (left.get("sockets").asLong() > 0) broken.add(place(sample) + "sockets are left");
        if (left.get("temporaryFiles").asLong() > 0)
            broken.add(place(sample) + "temporary files are left");
        if (!left.get("ended").asBoolean(false))
            broken.add(place(sample) + "the process did not end by itself");
    }

    /** Heap after collection: many finished runs must leave what few leave. */
    private void growth(List<String> broken) {
        var finished =
                samples.stream()
                        .filter(sample -> sample.cell().startsWith("finished"))
                        .filter(sample -> sample.subject().equals(Contender.BOUNDED))
                        .toList();
        if (finished.size() < 2) return;
        double grown = Metric.LIVE.of(finished.getLast()) / Metric.LIVE.of(finished.getFirst());
        if (grown > MOST_GROWTH)
            broken.add(place(finished.getLast()) + "the heap is " + grown + " times as large");
    }

    private static String place(Sample sample) {
        return sample.cell() + ", " + sample.subject() + ": ";
    }
}
