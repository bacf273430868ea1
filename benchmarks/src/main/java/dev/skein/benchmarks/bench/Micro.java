package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The small paths, by JMH: time and allocation of one operation. */
record Micro(Session session) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * How long each path is measured.
     *
     * @param millis of each iteration
     */
    record Length(int forks, int iterations, long millis) {
        static final Length FULL = new Length(3, 5, 1000);
        static final Length SHORT = new Length(1, 1, 50);
    }

    /** Measures the paths whose name fits the expression. */
    void measure(String name, Length length) throws IOException, RunnerException {
        var iteration = TimeValue.milliseconds(length.millis());
        var options =
                new OptionsBuilder()
                        .include("dev\\.skein\\.benchmarks\\.micro\\..*" + name)
                        .forks(length.forks())
                        .warmupIterations(length.iterations())
                        .warmupTime(iteration)
                        .measurementIterations(length.iterations())
                        .measurementTime(iteration)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .output(session.checkout().logs().resolve("jmh.log").toString())
                        .build();
        for (var result : new Runner(options).run()) session.append("micro", line(result));
    }

    private static Json.Obj line(RunResult result) {
        var primary = result.getPrimaryResult();
        var parts = List.of(result.getParams().getBenchmark().split("\\."));
        var allocated = result.getSecondaryResults().get(ALLOCATED);
        var statistics = primary.getStatistics();
        return Json.object(
                "path", String.join(".", parts.subList(parts.size() - 2, parts.size())),
                "threads", result.getParams().getThreads(),
                "unit", primary.getScoreUnit(),
                "score", rounded(primary.getScore()),
                "min", rounded(statistics.getMin()),
                "max", rounded(statistics.getMax()),
                "bytes", allocated == null ? null : Math.round(allocated.getScore()));
    }

    private static double rounded(double figure) {
        return Math.round(figure * 10) / 10.0;
    }

    /** A table of what was measured, in the order of the names. */
    static String table(List<Json> lines) {
        return lines.stream()
                .map(line ->
                        String.format(
                                Locale.ROOT,
                                "| %s | %d | %,.1f (%,.1f–%,.1f) %s | %,d |",
                                line.get("path").text(),
                                line.get("threads").asLong(),
                                line.get("score").asDouble(0),
                                line.get("min").asDouble(0),
                                line.get("max").asDouble(0),
                                line.get("unit").text(),
                                line.get("bytes").asLong()))
                .sorted()
                .collect(
                        Collectors.joining(
                                "\n",
                                "| path | threads | time | bytes allocated |\n|---|---:|---:|---:|\n",
                                "\n"));
    }
}
