package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A transport as tests use it: with a minute for every exchange, which is never reached. */
final class Client implements AutoCloseable {
    private final Timekeeper time;
    private final Transport transport;

    private Client(Setup setup) {
        this.time = setup.time();
        this.transport = new Transport(setup);
    }

    static Client open() {
        return open(TransportLimits.defaults());
    }

    static Client open(TransportLimits limits) {
        return open(limits, Timekeeper.system());
    }

    static Client open(TransportLimits limits, Timekeeper time) {
        return new Client(new Setup(limits, Proxies.none(), time, null));
    }

    static Client open(Proxies proxies, @Nullable SSLContext trust) {
        return new Client(
                new Setup(TransportLimits.defaults(), proxies, Timekeeper.system(), trust));
    }

    Transport transport() {
        return transport;
    }

    long in(Duration time) {
        return this.time.nanos() + time.toNanos();
    }

    Reply get(URI uri) throws TransportException, InterruptedException {
        return transport.send(Request.get(uri, Map.of()), in(Duration.ofMinutes(1)));
    }

    Reply post(URI uri, String body) throws TransportException, InterruptedException {
        return transport.send(posting(uri, body), in(Duration.ofMinutes(1)));
    }

    ReplyStream stream(URI uri) throws TransportException, InterruptedException {
        return transport.open(Request.get(uri, Map.of()), in(Duration.ofMinutes(1)));
    }

    /** How a request fails that must fail. */
    TransportException failureOf(URI uri) {
        var thrown = catchThrowable(() -> get(uri));
        assertThat(thrown).isInstanceOf(TransportException.class);
        return (TransportException) thrown;
    }

    static Request posting(URI uri, String body) {
        return Request.post(uri, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs something on a thread of its own, which {@code make} starts or will start. */
    static <T> FutureTask<T> on(Thread.Builder make, Callable<T> work) {
        var task = new FutureTask<>(work);
        make.start(task);
        return task;
    }

    @Override
    public void close() {
        transport.close();
    }
}
