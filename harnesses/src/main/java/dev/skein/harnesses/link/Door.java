package dev.skein.harnesses.link;

import dev.skein.policy.Timekeeper;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/** The socket at which the program of one seat, and nobody else, may connect. */
final class Door implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.skein.harnesses");
    private static final int MOST_STRANGERS = 8;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final Link link;
    private final Timekeeper time;
    private final ServerSocketChannel listener;
    private final UserPrincipal owner;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Thread accepting;
    private final Thread watching;

    private Door(Link link, Timekeeper time, ServerSocketChannel listener, UserPrincipal owner) {
        this.link = link;
        this.time = time;
        this.listener = listener;
        this.owner = owner;
        this.accepting = Thread.ofVirtual().name("skein-link-accept").unstarted(this::accept);
        this.watching = Thread.ofVirtual().name("skein-link-watch").unstarted(this::watch);
    }

    /** Listens from now on. */
    static Door open(Path socket, Link link, Timekeeper time) throws IOException {
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            var door = new Door(link, time, listener, Files.getOwner(socket));
            door.accepting.start();
            door.watching.start();
            return door;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    private void accept() {
        try {
            while (listener.isOpen()) acceptOne();
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "a link is closed", e);
        }
    }

    private void acceptOne() throws InterruptedException {
        try {
            admit(listener.accept());
        } catch (ClosedChannelException e) {
            LOG.log(Level.DEBUG, "a link is closed", e);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "an agent was not let in", e); // no more files, most likely
            time.pause(LONGEST_LOOK);
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        if (!isOwn(channel)) {
            channel.close();
            return;
        }
        var strangers = connections.stream().filter(one -> !one.isAccepted()).toList();
        if (strangers.size() >= MOST_STRANGERS)
            strangers.stream()
                    .min(Comparator.comparingLong(Connection::until))
                    .ifPresent(Connection::close);
        var connection = new Connection(channel, link, time);
        connections.add(connection);
        connection.start(() -> connections.remove(connection));
    }

    private boolean isOwn(SocketChannel channel) {
        try {
            if (channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner))
                return true;
            LOG.log(Level.WARNING, "denied.link: another user tried the link of an agent");
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "who connected is gone", e);
        }
        return false;
    }

    private void watch() {
        var limits = link.limits();
        var look = limits.heartbeat().dividedBy(4);
        try {
            while (listener.isOpen()) {
                time.pause(look.compareTo(LONGEST_LOOK) < 0 ? look : LONGEST_LOOK);
                connections.forEach(connection -> connection.check(limits));
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "a link is closed", e);
        }
    }

    /** Lets nobody in any more, and reads what was sent until now, for that long at most. */
    void drain(Duration limit) throws InterruptedException {
        accepting.interrupt();
        accepting.join();
        long until = time.nanos() + limit.toNanos();
        for (var connection : connections)
            if (connection.isAccepted())
                connection.await(Duration.ofNanos(Math.max(0, until - time.nanos())));
    }

    /** Ends all connections and waits for their threads. */
    @Override
    public void close() throws IOException {
        listener.close();
        accepting.interrupt();
        watching.interrupt();
        try {
            accepting.join();
            watching.join();
            connections.forEach(Connection::end);
            for (var connection : connections) connection.await(LEAVING);
        } catch (InterruptedException e) {
            connections.forEach(Connection::end);
            Thread.currentThread().interrupt();
        }
    }
}
