package dev.skein.cli;

import dev.skein.failure.Limit;
import dev.skein.failure.RuntimeFailure;
import dev.skein.failure.SkeinException;
import dev.skein.http.Request;
import dev.skein.http.Transport;
import dev.skein.http.TransportException;
import dev.skein.json.FailureJson;
import dev.skein.json.Json;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Asks one live runtime over its control socket. Every method blocks until the answer is there;
 * interrupting it ends the exchange, and the runtime cancels what it did for it.
 */
final class ControlClient implements AutoCloseable {
    /** As good as no limit. */
    static final Duration PATIENCE = Duration.ofDays(365);

    private static final int LONGEST_REQUEST = 4 << 20;
    private static final TransportLimits LIMITS =
            TransportLimits.defaults()
                    .withFirstByte(PATIENCE)
                    .withIdle(PATIENCE)
                    .withSizes(TransportLimits.Sizes.defaults().withStream(Long.MAX_VALUE))
                    .withConnections(
                            TransportLimits.Connections.defaults().withOpen(1).withResting(0));

    private final String runtime;
    private final Timekeeper time;
    private final Transport transport;

    /**
     * Connects to nothing yet.
     *
     * @param runtime what it is called in failures
     */
    ControlClient(String runtime, Path socket, Timekeeper time) {
        this.runtime = runtime;
        this.time = time;
        this.transport = Transport.local(socket, LIMITS, time);
    }

    /** A part of a path, as it is written into an address. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * The answer to a question.
     *
     * @throws SkeinException with {@code runtime.unreachable}, {@code limit.wait}, or the failure
     *     that the runtime answered
     */
    Json get(String target, Duration limit) throws InterruptedException {
        return answer(Request.get(uri(target), Map.of()), limit);
    }

    /**
     * The answer to a request that changes something.
     *
     * @param tag who asks, as the journal is to say it
     */
    Json post(String target, Json body, String tag, Duration limit) throws InterruptedException {
        var bytes = body.toBytes();
        if (bytes.length > LONGEST_REQUEST)
            throw new SkeinException(
                    new Limit.Size(
                            "the request", bytes.length, LONGEST_REQUEST, "bytes", "Send less."));
        var headers = Map.of("Content-Type", "application/json", "Skein-Caller", tag);
        return answer(Request.post(uri(target), headers, bytes), limit);
    }

    /** Hands out the lines of a stream until it ends. */
    void lines(String target, Consumer<Json> to) throws InterruptedException {
        try (var stream = transport.open(Request.get(uri(target), Map.of()), due(PATIENCE))) {
            if (stream.status() >= 400) throw refusal(Json.parse(stream.readAll()));
            var lines = stream.lines();
            for (var line = lines.next(); line.isPresent(); line = lines.next())
                to.accept(Json.parse(line.get()));
        } catch (TransportException e) {
            throw unreachable(e, PATIENCE);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private Json answer(Request request, Duration limit) throws InterruptedException {
        try {
            var reply = transport.send(request, due(limit));
            var body = Json.parse(reply.body());
            if (reply.status() >= 400) throw refusal(body);
            return body;
        } catch (TransportException e) {
            throw unreachable(e, limit);
        }
    }

    private long due(Duration limit) {
        return time.nanos() + limit.toNanos();
    }

    private static URI uri(String target) {
        return URI.create("http://localhost" + target);
    }

    private static SkeinException refusal(Json body) {
        return new SkeinException(FailureJson.decode(body.get("failure")));
    }

    private SkeinException unreachable(TransportException e, Duration limit) {
        boolean late = e.kind() == TransportException.Kind.DEADLINE;
        var failure =
                late
                        ? new Limit.Wait("runtime " + runtime, limit)
                        : new RuntimeFailure.Unreachable("Runtime " + runtime, why(e));
        return new SkeinException(failure, e);
    }

    private static String why(TransportException e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }
}
