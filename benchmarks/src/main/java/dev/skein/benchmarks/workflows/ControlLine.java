package dev.skein.benchmarks.workflows;

import dev.skein.http.Request;
import dev.skein.http.Transport;
import dev.skein.http.TransportException;
import dev.skein.json.Json;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the only runtime of a home over its control socket, each time on a line of its own. */
record ControlLine(Transport transport) implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    static ControlLine to(Path home) throws IOException {
        try (var files = Files.walk(home.resolve("runtimes"))) {
            var socket =
                    files.filter(file -> file.endsWith("control.sock")).findFirst().orElseThrow();
            return new ControlLine(
                    Transport.local(socket, TransportLimits.defaults(), Timekeeper.system()));
        }
    }

    /** Nanoseconds that each of so many answers took; a request without a body is a question. */
    long[] timed(int times, String target, @Nullable Json body)
            throws InterruptedException, IOException {
        var uri = URI.create("http://localhost" + target);
        var headers = Map.of("Content-Type", "application/json", "Skein-Caller", "bench");
        var request =
                body == null
                        ? Request.get(uri, Map.of())
                        : Request.post(uri, headers, body.toBytes());
        var took = new long[times];
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            ask(request);
            took[i] = System.nanoTime() - begin;
        }
        return took;
    }

    private void ask(Request request) throws InterruptedException, IOException {
        long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            var reply = transport.send(request, due);
            if (reply.status() != 200) throw new IOException(reply.text());
        } catch (TransportException e) {
            throw new IOException("the control socket did not answer", e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
