package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.io.IOException;
import java.util.List;

/** The fake model: one process for all subjects, outside them. It counts what it is asked. */
final class ModelServer implements AutoCloseable {
    private final Child child;
    private final String address;

    private ModelServer(Child child, String address) {
        this.child = child;
        this.address = address;
    }

    static ModelServer start(Checkout checkout) throws IOException {
        var program = "dev.skein.benchmarks.server.ModelProgram";
        var command =
                List.of(
                        Checkout.java(),
                        "-Xms256m",
                        "-Xmx1g",
                        "-XX:+UseParallelGC",
                        "-cp",
                        checkout.classPath("benchmarks"),
                        program);
        var child = Child.start(checkout, new Contender("model", command, true), List.of());
        var ready = child.await("READY ");
        return new ModelServer(child, ready.substring("READY ".length()));
    }

    /** Where it speaks like OpenAI. */
    String address() {
        return address;
    }

    long pid() {
        return child.pid();
    }

    /** How long it thinks before each answer. */
    void latency(long millis) throws IOException {
        child.ask("latency " + millis);
    }

    /** What it was asked since the last time that this was called. */
    Asked asked() throws IOException {
        Json counted = child.ask("counters");
        return new Asked(counted.get("requests").asLong(0), counted.get("connections").asLong(0));
    }

    /** Counters of the server. */
    record Asked(long requests, long connections) {}

    @Override
    public void close() throws IOException {
        child.close();
    }
}
