package dev.skein.server;

import dev.skein.failure.Limit;
import dev.skein.policy.Timekeeper;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/**
 * HTTP/1.1 over a Unix domain socket, for our own user only, one request a connection. Each
 * connection has a thread of its own; one more closes those that are late.
 *
 * <p>Closing it takes no new requests, gives those under way a short time, then interrupts them.
 */
final class ControlSocket implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.skein.server");
    private static final int MOST_CONNECTIONS = 64;

    /** More than the connections that are served, so that a burst is told that it is too many. */
    private static final int BACKLOG = 1024;

    private static final Duration GRACE = Duration.ofMillis(1500);
    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(400);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final ServerSocketChannel listener;
    private final Path path;
    private final UserPrincipal owner;
    private final Router router;
    private final Timekeeper time;
    private final Map<ClientConnection, Thread> connections = new ConcurrentHashMap<>();
    private final Thread accepting;
    private final Thread watching;

    private ControlSocket(Path path, UserPrincipal owner, Router router, Timekeeper time)
            throws IOException {
        this.path = path;
        this.owner = owner;
        this.router = router;
        this.time = time;
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        this.accepting = Thread.ofVirtual().name("skein-control").unstarted(this::accept);
        this.watching = Thread.ofVirtual().name("skein-control-watch").unstarted(this::watch);
    }

    /**
     * Listens from now on.
     *
     * @param path in a folder that nobody else may enter; what lay there is replaced
     */
    static ControlSocket open(Path path, Router router, Timekeeper time) throws IOException {
        return open(path, Files.getOwner(path.toAbsolutePath().getParent()), router, time);
    }

    /** As {@link #open(Path, Router, Timekeeper)}, for that user. */
    static ControlSocket open(Path path, UserPrincipal owner, Router router, Timekeeper time)
            throws IOException {
        var socket = new ControlSocket(path, owner, router, time);
        try {
            socket.bind();
        } catch (IOException e) {
            socket.listener.close();
            throw e;
        }
        socket.accepting.start();
        socket.watching.start();
        return socket;
    }

    private void bind() throws IOException {
        Files.deleteIfExists(path);
        // The JDK listens as soon as it has bound; until the mode is set only the folder protects.
        listener.bind(UnixDomainSocketAddress.of(path), BACKLOG);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    private void accept() {
        try {
            while (listener.isOpen()) acceptOne();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptOne() throws InterruptedException {
        try {
            admit(listener.accept());
        } catch (ClosedChannelException e) {
            LOG.log(Level.DEBUG, "the control socket is closed", e);
        } catch (IOException e) {
            // No more files, most likely; that passes.
            LOG.log(Level.WARNING, "a client of the control socket was not served", e);
            time.pause(BETWEEN_LOOKS);
        }
    }

    private void admit(SocketChannel channel) {
        try {
            if (!isOwn(channel)) {
                channel.close();
            } else if (connections.size() >= MOST_CONNECTIONS) {
                refuse(channel);
            } else {
                start(new ClientConnection(channel, Guard.LOCAL, router, time));
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client was gone before it was served", e);
        }
    }

    private boolean isOwn(SocketChannel channel) throws IOException {
        var peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (peer.equals(owner)) return true;
        LOG.log(
                Level.WARNING,
                "denied.principal: user " + peer.getName() + " tried the control socket");
        return false;
    }

    private static void refuse(SocketChannel channel) throws IOException {
        try (channel) {
            var failure = new Limit.Load("connections to the control socket", MOST_CONNECTIONS);
            new Outgoing(Channels.newOutputStream(channel), () -> {})
                    .write(Reply.failed(503, failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(ClientConnection connection) {
        var thread =
                Thread.ofVirtual()
                        .name("skein-control-call")
                        .unstarted(() -> {
                            try {
                                connection.run();
                            } finally {
                                connections.remove(connection);
                            }
                        });
        connections.put(connection, thread);
        thread.start();
    }

    private void watch() {
        try {
            while (listener.isOpen()) {
                time.pause(BETWEEN_LOOKS);
                long now = time.nanos();
                connections.keySet().forEach(connection -> connection.check(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes at most two seconds, whatever the requests under way do; an interrupt shortens that.
     */
    @Override
    public void close() throws IOException {
        try {
            listener.close();
            Files.deleteIfExists(path);
        } finally {
            watching.interrupt();
            accepting.interrupt();
            endConnections();
        }
    }

    private void endConnections() {
        try {
            if (!ended(GRACE)) {
                connections.values().forEach(Thread::interrupt);
                ended(AFTER_INTERRUPT);
            }
            watching.join();
            accepting.join();
        } catch (InterruptedException e) {
            connections.values().forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
        connections.keySet().forEach(ClientConnection::end);
    }

    private boolean ended(Duration limit) throws InterruptedException {
        long until = time.nanos() + limit.toNanos();
        for (var thread : connections.values()) {
            var left = Duration.ofNanos(until - time.nanos());
            if (!left.isPositive() || !thread.join(left)) return false;
        }
        return true;
    }
}
