package dev.skein.http;

import dev.skein.http.TransportException.Kind;
import dev.skein.http.TransportException.Progress;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A socket together with what it waits for. The thread of the exchange and the watchdog agree by
 * compare-and-set on one reference: who replaces the {@link Wait} first has won. So a line is never
 * ended for a wait that was over in time, and one that was ended is never used again.
 *
 * <p>It is a socket channel because a blocked read of one ends by interrupt on platform threads
 * too.
 */
final class Line {

    /** What is waited for, since when, until when. With {@code over} it is the last word. */
    private record Wait(Kind kind, long since, long due, boolean over) {}

    private static final int GRID = 64;

    private final Watchdog watchdog;
    private final SocketChannel channel;
    private final AtomicReference<Wait> wait;
    private Request request;
    private Wait working;
    private long received;
    private boolean connected;

    private Line(Watchdog watchdog, SocketChannel channel, Request request, Wait wait) {
        this.watchdog = watchdog;
        this.channel = channel;
        this.wait = new AtomicReference<>(wait);
        this.request = request;
        this.working = wait;
    }

    /**
     * A line that has until a time to be connected, with all that belongs to it. Closing it is the
     * caller's from now on.
     *
     * @param kind what it is called if that time passes
     */
    static Line open(Watchdog watchdog, Request request, Kind kind, long due) throws IOException {
        var channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return watched(watchdog, channel, request, wait(watchdog, kind, due));
    }

    /** As {@link #open}, for a Unix domain socket. */
    static Line local(Watchdog watchdog, Request request, Kind kind, long due) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        return watched(watchdog, channel, request, wait(watchdog, kind, due));
    }

    private static Wait wait(Watchdog watchdog, Kind kind, long due) {
        return new Wait(kind, watchdog.time().nanos(), due, false);
    }

    private static Line watched(
            Watchdog watchdog, SocketChannel channel, Request request, Wait wait) {
        var line = new Line(watchdog, channel, request, wait);
        watchdog.add(line);
        watchdog.expect(wait.due());
        return line;
    }

    SocketChannel channel() {
        return channel;
    }

    /** Bytes that the current exchange has received. */
    long received() {
        return received;
    }

    /** Takes the line for an exchange; false if it was ended while it rested. */
    boolean begin(Request asked, Duration firstByte, long deadline) {
        long now = watchdog.time().nanos();
        connected = true;
        request = asked;
        received = 0;
        working = new Wait(Kind.DEADLINE, now, deadline, false);
        return became(until(Kind.FIRST_BYTE, now, firstByte));
    }

    /** Waits until that time for whatever is still needed after the connection. */
    void awaitsAll(Kind kind, long due) throws AsynchronousCloseException {
        working = new Wait(kind, working.since(), due, false);
        mustBecome(working);
    }

    /**
     * Waits for that, from now on and at most so long; a line that is made has one time for all.
     */
    void awaits(Kind kind, Duration limit) throws AsynchronousCloseException {
        if (connected) {
            mustBecome(until(kind, watchdog.time().nanos(), limit));
        }
    }

    /** Bytes have come. Until more are asked for, only the deadline counts. */
    void came(int bytes) throws AsynchronousCloseException {
        received += bytes;
        mustBecome(working);
    }

    /**
     * Keeps the line for another exchange, at most so long; false if it was ended meanwhile. Times
     * are cut to a grid, so that lines that came to rest together are closed together, in one sweep
     * of the watchdog.
     */
    boolean rest(Duration keep) {
        long now = watchdog.time().nanos();
        long due = now + keep.toNanos();
        long cut = Math.floorMod(due, 1 + keep.toNanos() / GRID);
        return became(new Wait(Kind.CLOSED, now, due - cut, false));
    }

    /** Whether it was ended and can never be used again. */
    boolean over() {
        return wait.get().over();
    }

    /** Ends the line if it is late; tells the watchdog when it will be if it is not. */
    void check(long now) {
        var current = wait.get();
        if (current.over()) {
            close();
        } else if (current.due() - now > 0) {
            watchdog.expect(current.due());
        } else if (end(current, current.kind())) {
            close();
        } else {
            check(now);
        }
    }

    /** Ends the line whatever it does. */
    void end(Kind kind) {
        var current = wait.get();
        while (!current.over() && !end(current, kind)) {
            current = wait.get();
        }
        close();
    }

    /** Closes the socket, again if need be. */
    void close() {
        watchdog.remove(this);
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger("dev.skein.http")
                    .log(Level.DEBUG, "a socket complained at its end", e);
        }
    }

    /**
     * Closes the line and says in the transport's terms why an operation on it failed.
     *
     * @throws InterruptedException if that was because the thread is interrupted
     */
    TransportException explain(IOException cause) throws InterruptedException {
        var last = wait.get();
        close();
        if (Thread.interrupted()) {
            throw new InterruptedException(request + " was interrupted");
        }
        if (cause instanceof TransportException told) {
            return told;
        }
        long waited = last.over() ? watchdog.time().nanos() - last.since() : 0;
        return explain(last, new Progress(received, Duration.ofNanos(waited)), cause);
    }

    private TransportException explain(Wait last, Progress progress, IOException cause) {
        if (last.over()) {
            return TransportException.late(last.kind(), request, progress, cause);
        }
        var kind =
                cause instanceof ProtocolException
                        ? Kind.MALFORMED
                        : connected ? Kind.BROKEN : Kind.CONNECT;
        return TransportException.broken(kind, request, progress, cause);
    }

    /** More has come than is accepted. */
    TransportException tooLarge(String what, long limit) {
        return TransportException.tooLarge(what, limit, request, received);
    }

    private Wait until(Kind kind, long now, Duration limit) {
        long due = now + limit.toNanos();
        return working.due() - due < 0
                ? new Wait(Kind.DEADLINE, now, working.due(), false)
                : new Wait(kind, now, due, false);
    }

    private void mustBecome(Wait next) throws AsynchronousCloseException {
        if (!became(next)) {
            throw new AsynchronousCloseException();
        }
    }

    private boolean became(Wait next) {
        var current = wait.get();
        if (current.over() || !wait.compareAndSet(current, next)) {
            return false;
        }
        watchdog.expect(next.due());
        return true;
    }

    private boolean end(Wait current, Kind kind) {
        return wait.compareAndSet(current, new Wait(kind, current.since(), current.due(), true));
    }
}
