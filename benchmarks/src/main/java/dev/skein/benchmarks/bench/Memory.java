package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs keep: the heap after few and after many finished runs, the heap while many wait for a
 * model, and what is left after closing.
 */
record Memory(Session session, ModelServer model, int few, int many) {
    /** Long enough that all runs wait while the heap is collected. */
    private static final long LATENCY_MILLIS = 6000;

    private static final long LOOK_MILLIS = 3000;

    List<Sample> measure(List<Contender> contenders) throws IOException, InterruptedException {
        var samples = new ArrayList<Sample>();
        for (var contender : contenders) {
            try (var child = Child.start(session.checkout(), contender, List.of(model.address()))) {
                child.await("READY");
                samples.add(keep(child, "finished, " + few, finished(child, few)));
                samples.add(keep(child, "finished, " + many, finished(child, many)));
                samples.add(keep(child, "waiting, " + many, waiting(child)));
                samples.add(keep(child, "closed", child.end()));
            } finally {
                model.latency(0);
            }
        }
        return samples;
    }

    private Json.Obj finished(Child child, int runs) throws IOException {
        return child.ask("series tool " + runs);
    }

    private Json.Obj waiting(Child child) throws IOException {
        model.latency(LATENCY_MILLIS);
        return child.ask("hold one " + many + " " + LOOK_MILLIS);
    }

    private Sample keep(Child child, String cell, Json.Obj figures) throws IOException {
        return session.keep("memory", new Sample(cell, child.name(), 1, figures));
    }
}
