package dev.skein.benchmarks.bench;

import dev.skein.json.Json;

/** Made-up samples. */
final class Samples {
    private Samples() {}

    /** A sample of {@code one, 64 callers} in which all went well. */
    static Sample loop(String subject, int round, int runs, int cpuMillis) {
        var figures =
                Json.object(
                        "runs",
                        runs,
                        "failed",
                        0,
                        "wallMicros",
                        1_000_000,
                        "subjectCpuMillis",
                        cpuMillis,
                        "requests",
                        runs,
                        "expected",
                        runs,
                        "threads",
                        20,
                        "noise",
                        0.1);
        return new Sample("one, 64 callers", subject, round, figures);
    }

    static Sample with(Sample sample, String name, Object value) {
        return new Sample(
                sample.cell(),
                sample.subject(),
                sample.round(),
                sample.figures().with(name, value));
    }
}
