package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.util.Optional;

/**
 * What was measured once: one subject, one workload, one round.
 *
 * @param cell the workload with its size, such as {@code one, 64 callers}
 */
record Sample(String cell, String subject, int round, Json.Obj figures) {

    static Sample of(Json line) {
        var all = (Json.Obj) line;
        return new Sample(
                all.get("cell").text(),
                all.get("subject").text(),
                (int) all.get("round").asLong(),
                all.without("cell").without("subject").without("round"));
    }

    Json.Obj line() {
        var line = Json.object("cell", cell, "subject", subject, "round", round);
        for (var figure : figures.fields().entrySet())
            line = line.with(figure.getKey(), figure.getValue());
        return line;
    }

    double number(String name) {
        double figure = figures.get(name).asDouble(Double.NaN);
        return figure < 0 ? Double.NaN : figure;
    }

    /**
     * Why this sample says nothing, if it does not: failed runs, or other requests than expected.
     */
    Optional<String> flaw() {
        double failed = number("failed");
        if (failed > 0)
            return Optional.of(
                    (long) failed + " runs failed, first: " + figures.get("failure").text());
        double expected = number("expected");
        return number("requests") == expected || Double.isNaN(expected)
                ? Optional.empty()
                : Optional.of(
                        "the model was asked "
                                + (long) number("requests")
                                + " times, not "
                                + (long) expected);
    }
}
