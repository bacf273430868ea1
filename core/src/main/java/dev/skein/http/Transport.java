package dev.skein.http;

import dev.skein.http.TransportException.Kind;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Exchanges over HTTP/1.1, one request and one reply each. Blocks; made for virtual threads, works
 * on platform threads. Connections are kept and used again. TLS is always verified, redirects are
 * replies like others. One serves all threads of a program; whoever opens it closes it.
 *
 * <p>Every exchange has a deadline: nanoseconds of the {@link Timekeeper} that the transport was
 * opened with. It covers everything from waiting for a free connection to the last byte of the
 * body. Interrupting the thread ends its exchange at once. The socket of an exchange that does not
 * come to its end is closed.
 */
public final class Transport implements AutoCloseable {
    private final Setup setup;
    private final Watchdog watchdog;
    private final Parking parking;
    private final ConcurrentMap<Origin, Route> routes = new ConcurrentHashMap<>();

    Transport(Setup setup) {
        this.setup = setup;
        this.watchdog = Watchdog.start(setup.time(), this::clearAway);
        this.parking = new Parking(setup.time());
    }

    /** Opens nothing yet but its own watch over what will be open. */
    public static Transport open(TransportLimits limits, Proxies proxies, Timekeeper time) {
        return new Transport(new Setup(limits, proxies, time, null));
    }

    /**
     * To a server behind a Unix domain socket of this computer, whatever host an address names.
     *
     * @param socket at most 100 bytes long, as the system wants it
     */
    public static Transport local(Path socket, TransportLimits limits, Timekeeper time) {
        return new Transport(new Setup(limits, Proxies.none(), time, null, socket));
    }

    /**
     * Sends a request and reads the whole reply.
     *
     * @throws TransportException if the exchange does not come to its end; a status is no reason
     * @throws InterruptedException if the thread is interrupted, before or meanwhile
     * @throws IllegalArgumentException if a header has characters that cannot be sent
     */
    public Reply send(Request request, long deadline)
            throws TransportException, InterruptedException {
        try (var stream = open(request, deadline)) {
            return new Reply(stream.status(), stream.headers(), stream.readAll());
        }
    }

    /**
     * Sends a request and returns when the head of the reply is there. The caller closes the
     * stream.
     *
     * @throws TransportException if there is no reply
     * @throws InterruptedException if the thread is interrupted, before or meanwhile
     * @throws IllegalArgumentException if a header has characters that cannot be sent
     */
    public ReplyStream open(Request request, long deadline)
            throws TransportException, InterruptedException {
        var origin = Origin.of(request);
        admit(request, origin, deadline);
        return new Exchange(route(origin), setup.limits().sizes(), request, deadline).run();
    }

    private void admit(Request request, Origin origin, long deadline)
            throws TransportException, InterruptedException {
        var reach = setup.limits().reach();
        if (!reach.allows(origin.host())) {
            throw TransportException.unsent(
                    Kind.DENIED, request, "out of reach, the network is set to " + reach);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(request + " was interrupted");
        }
        if (deadline - setup.time().nanos() <= 0) {
            throw TransportException.unsent(
                    Kind.DEADLINE, request, "the deadline passed before it was sent");
        }
    }

    private Route route(Origin origin) {
        var known = routes.get(origin);
        return known == null ? routes.computeIfAbsent(origin, this::newRoute) : known;
    }

    private Route newRoute(Origin origin) {
        var connector = new Connector(setup, watchdog, parking, origin);
        return new Route(connector, new Pool(setup.limits().connections(), parking));
    }

    private void clearAway() {
        routes.values().forEach(route -> route.pool().clearAway());
    }

    /**
     * Closes all connections, which ends the exchanges that are under way with {@link Kind#CLOSED}.
     * No thread and no socket is left. May be called again.
     */
    @Override
    public void close() {
        parking.close();
        watchdog.stop();
    }
}
