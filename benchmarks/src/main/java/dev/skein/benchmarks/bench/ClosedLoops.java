package dev.skein.benchmarks.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One turn or one tool call, by one caller and by 64 that each make one run after another. All
 * subjects stay up and take turns.
 *
 * @param kind stands behind the work's name in the names of cells; empty for the main ones
 */
record ClosedLoops(Session session, ModelServer model, String kind) {
    static final String MODES = " in modes";

    private static final List<Integer> CALLERS = List.of(1, 64);
    private static final int WARM_CALLERS = 16;
    private static final int MOST_WARMING = 10;

    List<Sample> measure(List<String> works, List<Contender> contenders) throws IOException {
        var children = new ArrayList<Child>();
        try {
            for (var contender : contenders) children.add(warm(works, contender));
            var samples = new ArrayList<Sample>();
            for (int round = 0; round < session.settings().rounds(); round++) {
                for (var work : works)
                    for (int callers : CALLERS)
                        samples.addAll(round(work, callers, round, children));
                session.say("round " + round + " of " + works + " is done");
            }
            return samples;
        } finally {
            for (var child : children) child.close();
        }
    }

    private Child warm(List<String> works, Contender contender) throws IOException {
        var child = Child.start(session.checkout(), contender, List.of(model.address()));
        child.await("READY");
        for (var work : works) warm(child, work);
        return child;
    }

    /** For the set time and, on a busy machine, until enough runs were made to compile them. */
    private void warm(Child child, String work) throws IOException {
        var command =
                "loop %s %d %d".formatted(work, WARM_CALLERS, session.settings().warmMillis());
        long runs = 0;
        for (int i = 0; i < MOST_WARMING && (i == 0 || runs < session.settings().warmRuns()); i++)
            runs += child.ask(command).get("runs").asLong();
    }

    private List<Sample> round(String work, int callers, int round, List<Child> children)
            throws IOException {
        var samples = new ArrayList<Sample>();
        for (var child : session.shuffled(children, round, work + callers)) {
            var watch = Watch.begin(child, model);
            var command = "loop %s %d %d".formatted(work, callers, session.settings().millis());
            var figures = watch.end(child.ask(command));
            long expected = figures.get("runs").asLong() * turns(work);
            var cell =
                    "%s%s, %d %s"
                            .formatted(work, kind, callers, callers == 1 ? "caller" : "callers");
            var sample = new Sample(cell, child.name(), round, figures.with("expected", expected));
            samples.add(session.keep(kind.isEmpty() ? work : "modes", sample));
        }
        return samples;
    }

    private static int turns(String work) {
        return work.equals("tool") ? 2 : 1;
    }
}
