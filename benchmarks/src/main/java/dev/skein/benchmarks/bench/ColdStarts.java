package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** From the start of a process to the first typed answer that it prints. */
record ColdStarts(Session session, ModelServer model) {
    private static final String ANSWER = "Paris";

    List<Sample> measure(List<Contender> contenders) throws IOException {
        var samples = new ArrayList<Sample>();
        for (int round = 0; round < session.settings().starts(); round++)
            for (var contender : session.shuffled(contenders, round, "cold"))
                samples.add(start(contender, round));
        session.say("cold is done");
        return samples;
    }

    private Sample start(Contender contender, int round) throws IOException {
        var environment = Map.of("OPENAI_BASE_URL", model.address(), "OPENAI_API_KEY", "sk-fake");
        long busy = Machine.busyMillis();
        long modelCpu = Machine.cpuMillis(model.pid());
        long began = System.nanoTime();
        var arguments = List.of(model.address(), "first");
        try (var child = Child.start(session.checkout(), contender, arguments, environment)) {
            child.await(ANSWER);
            long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
            long cpu = Machine.cpuMillis(child.pid());
            long others =
                    Machine.busyMillis() - busy - cpu - Machine.cpuMillis(model.pid()) + modelCpu;
            double all = took / 1e3 * Runtime.getRuntime().availableProcessors();
            var figures =
                    Json.object(
                            "wallMicros",
                            took,
                            "subjectCpuMillis",
                            cpu,
                            "residentKib",
                            Machine.status(child.pid(), "VmRSS"),
                            "threads",
                            Machine.status(child.pid(), "Threads"),
                            "noise",
                            Math.round(Math.max(0, others) / all * 1000) / 1000.0);
            return session.keep("cold", new Sample("cold start", contender.name(), round, figures));
        }
    }
}
