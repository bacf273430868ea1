package dev.skein.http;

import dev.skein.http.Proxies.Proxy;
import dev.skein.http.TransportException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes new connections to one origin: look-up, connection, proxy and TLS, all within one time. The
 * addresses of a host are tried in turn until one accepts; each has an equal share of the time that
 * is left.
 */
final class Connector {
    private final Setup setup;
    private final Watchdog watchdog;
    private final Parking parking;
    private final Origin origin;
    private final @Nullable Proxy via;

    Connector(Setup setup, Watchdog watchdog, Parking parking, Origin origin) {
        this.setup = setup;
        this.watchdog = watchdog;
        this.parking = parking;
        this.origin = origin;
        this.via = setup.proxies().to(origin).orElse(null);
    }

    Origin origin() {
        return origin;
    }

    /** The proxy that is told the whole address in every request, which is so without TLS. */
    @Nullable Proxy forwarding() {
        return origin.secure() ? null : via;
    }

    /** What needs a connection, how long it has for it, and what it is called if that passes. */
    private record Attempt(Request request, Kind kind, long due) {
        Attempt share(long now, int parts) {
            return new Attempt(request, Kind.CONNECT, now + (due - now) / parts);
        }
    }

    /** A connection that is ready for its first exchange. */
    Connection connect(Request request, long deadline)
            throws TransportException, InterruptedException {
        long due = setup.time().nanos() + setup.limits().connect().toNanos();
        var attempt =
                deadline - due < 0
                        ? new Attempt(request, Kind.DEADLINE, deadline)
                        : new Attempt(request, Kind.CONNECT, due);
        var socket = setup.socket();
        var line = socket == null ? dial(attempt, addresses(attempt)) : dial(attempt, socket);
        return ready(line, attempt);
    }

    private Line dial(Attempt attempt, Path socket)
            throws TransportException, InterruptedException {
        var line = line(attempt, Line::local);
        try {
            line.channel().connect(UnixDomainSocketAddress.of(socket));
            return line;
        } catch (IOException e) {
            throw line.explain(e);
        }
    }

    private List<InetAddress> addresses(Attempt attempt)
            throws TransportException, InterruptedException {
        var host = via == null ? origin.host() : via.host();
        try {
            return Lookup.of(host, parking, attempt.due());
        } catch (SocketTimeoutException e) {
            var kind = parking.closed() ? Kind.CLOSED : attempt.kind();
            throw unconnected(attempt.request(), kind, host + ": " + e.getMessage());
        } catch (IOException e) {
            throw unconnected(attempt.request(), Kind.CONNECT, host + ": " + e.getMessage());
        }
    }

    private static TransportException unconnected(Request request, Kind kind, String why) {
        return TransportException.unsent(kind, request, "no connection: " + why);
    }

    private Line dial(Attempt attempt, List<InetAddress> addresses)
            throws TransportException, InterruptedException {
        var first = addresses.getFirst();
        if (addresses.size() == 1) {
            return dial(attempt, first);
        }
        try {
            return dial(attempt.share(setup.time().nanos(), addresses.size()), first);
        } catch (TransportException e) {
            return dialOthers(attempt, addresses.subList(1, addresses.size()), e);
        }
    }

    private Line dialOthers(
            Attempt attempt, List<InetAddress> addresses, TransportException earlier)
            throws TransportException, InterruptedException {
        try {
            return dial(attempt, addresses);
        } catch (TransportException e) {
            e.addSuppressed(earlier);
            throw e;
        }
    }

    private Line dial(Attempt attempt, InetAddress address)
            throws TransportException, InterruptedException {
        var line = line(attempt, Line::open);
        try {
            int port = via == null ? origin.port() : via.port();
            line.channel().connect(new InetSocketAddress(address, port));
            return line;
        } catch (UnsupportedAddressTypeException e) {
            throw line.explain(new SocketException("no network for " + address.getHostAddress()));
        } catch (IOException e) {
            throw line.explain(e);
        }
    }

    private interface Opening {
        Line open(Watchdog watchdog, Request request, Kind kind, long due) throws IOException;
    }

    private Line line(Attempt attempt, Opening opening) throws TransportException {
        try {
            return opening.open(watchdog, attempt.request(), attempt.kind(), attempt.due());
        } catch (IOException e) {
            throw unconnected(attempt.request(), Kind.CONNECT, "no socket, " + e.getMessage());
        }
    }

    private Connection ready(Line line, Attempt attempt)
            throws TransportException, InterruptedException {
        try {
            line.awaitsAll(attempt.kind(), attempt.due());
            return ready(line);
        } catch (IOException e) {
            throw line.explain(e);
        }
    }

    private Connection ready(Line line) throws IOException {
        var plain = Connection.plain(line, setup.limits());
        if (!origin.secure()) {
            return plain;
        }
        if (via != null) {
            tunnel(plain, via);
        }
        return Connection.secure(line, setup, origin);
    }

    private void tunnel(Connection plain, Proxy proxy) throws IOException {
        plain.send(RequestWriter.tunnel(origin, proxy));
        int status = plain.head().status();
        if (status / 100 != 2) {
            throw new SocketException("proxy " + proxy + " answered " + status);
        }
    }
}
