package dev.skein.benchmarks.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Many runs at once on a model that thinks for a second; each subject is a fresh process in each
 * round, and each size comes twice.
 */
record Bursts(Session session, ModelServer model, List<Integer> sizes) {
    private static final long LATENCY_MILLIS = 1000;
    private static final long WARM_MILLIS = 2000;

    List<Sample> measure(List<Contender> contenders) throws IOException {
        var samples = new ArrayList<Sample>();
        for (int round = 0; round < session.settings().rounds(); round++) {
            for (var contender : session.shuffled(contenders, round, "fan"))
                samples.addAll(fresh(contender, round));
            session.say("round " + round + " of fan is done");
        }
        return samples;
    }

    private List<Sample> fresh(Contender contender, int round) throws IOException {
        var samples = new ArrayList<Sample>();
        model.latency(0);
        try (var child = Child.start(session.checkout(), contender, List.of(model.address()))) {
            child.await("READY");
            child.ask("loop one 8 " + Math.min(WARM_MILLIS, session.settings().warmMillis()));
            model.latency(LATENCY_MILLIS);
            for (int size : sizes)
                for (var batch : List.of("first", "second"))
                    samples.add(burst(child, size, batch, round));
        } finally {
            model.latency(0);
        }
        return samples;
    }

    private Sample burst(Child child, int size, String batch, int round) throws IOException {
        var watch = Watch.begin(child, model);
        var figures = watch.end(child.ask("burst one " + size)).with("expected", size);
        var cell = "%,d at once, %s batch".formatted(size, batch);
        return session.keep("fan", new Sample(cell, child.name(), round, figures));
    }
}
