package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.io.IOException;

/** Who uses the machine while something is measured. */
record Watch(Child subject, ModelServer model, long subjectCpu, long modelCpu, long busy, long at) {
    private static final double NANOS_PER_MILLI = 1e6;

    static Watch begin(Child subject, ModelServer model) throws IOException {
        model.asked();
        return new Watch(
                subject,
                model,
                Machine.cpuMillis(subject.pid()),
                Machine.cpuMillis(model.pid()),
                Machine.busyMillis(),
                System.nanoTime());
    }

    /**
     * Adds what was used since the beginning: CPU of the subject and of the model in milliseconds,
     * the part of the machine that others used, and what the model was asked.
     */
    Json.Obj end(Json.Obj figures) throws IOException {
        long subjectUsed = Machine.cpuMillis(subject.pid()) - subjectCpu;
        long modelUsed = Machine.cpuMillis(model.pid()) - modelCpu;
        long othersUsed = Machine.busyMillis() - busy - subjectUsed - modelUsed;
        double wall = (System.nanoTime() - at) / NANOS_PER_MILLI;
        double all = wall * Runtime.getRuntime().availableProcessors();
        var asked = model.asked();
        return figures.with("subjectCpuMillis", subjectUsed)
                .with("modelCpuMillis", modelUsed)
                .with("noise", Math.round(Math.max(0, othersUsed) / all * 1000) / 1000.0)
                .with("requests", asked.requests())
                .with("connections", asked.connections());
    }
}
