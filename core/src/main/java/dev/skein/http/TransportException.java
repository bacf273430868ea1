package dev.skein.http;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that did not come to its end. The message names method and address without query, and
 * what happened; never a header or a body.
 */
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1;

    /** What ended it. */
    public enum Kind {
        /** The address is out of reach by setting; nothing was looked up, nothing was sent. */
        DENIED,
        /** No connection: name, network, proxy, TLS, or the time for all that. */
        CONNECT,
        /** No byte of the reply came in time. */
        FIRST_BYTE,
        /** The reply stopped for too long. */
        IDLE,
        /** The deadline of the exchange passed. */
        DEADLINE,
        /** The connection ended before the reply did. */
        BROKEN,
        /** The reply, its head or an event of it is larger than its limit. */
        TOO_LARGE,
        /** The reply is not HTTP/1.1. */
        MALFORMED,
        /** The transport was closed. */
        CLOSED
    }

    private final Kind kind;
    private final transient Progress progress;

    /**
     * How far it had come.
     *
     * @param bytes of the reply, head included
     * @param waited how long the last wait had lasted; zero if it did not end by waiting
     */
    record Progress(long bytes, Duration waited) {
        static final Progress NONE = new Progress(0, Duration.ZERO);
    }

    TransportException(Kind kind, String message, Progress progress, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.progress = progress;
    }

    /** The line was ended because of the time, or of {@link Transport#close()}. */
    static TransportException late(
            Kind kind, Request request, Progress progress, IOException cause) {
        var waited = seconds(progress.waited());
        var what =
                switch (kind) {
                    case CONNECT -> "no connection within " + waited;
                    case FIRST_BYTE -> "no byte of the reply within " + waited;
                    case IDLE -> "nothing for " + waited + after(progress);
                    case DEADLINE -> "the deadline passed" + after(progress);
                    case CLOSED -> "the transport was closed" + after(progress);
                    case DENIED, BROKEN, TOO_LARGE, MALFORMED -> "ended" + after(progress);
                };
        return new TransportException(kind, request + ": " + what, progress, cause);
    }

    /** The line failed by itself. */
    static TransportException broken(
            Kind kind, Request request, Progress progress, IOException cause) {
        var why =
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        var what =
                switch (kind) {
                    case CONNECT -> "no connection: " + why;
                    case MALFORMED -> "not a reply of HTTP/1.1: " + why + after(progress);
                    case DENIED, FIRST_BYTE, IDLE, DEADLINE, BROKEN, TOO_LARGE, CLOSED ->
                            "the connection broke" + after(progress) + ": " + why;
                };
        return new TransportException(kind, request + ": " + what, progress, cause);
    }

    static TransportException tooLarge(String what, long limit, Request request, long received) {
        var message = request + ": " + what + " is larger than " + limit + " bytes";
        var progress = new Progress(received, Duration.ZERO);
        return new TransportException(Kind.TOO_LARGE, message, progress, null);
    }

    /** Without a line: nothing was sent. */
    static TransportException unsent(Kind kind, Request request, String what) {
        return new TransportException(kind, request + ": " + what, Progress.NONE, null);
    }

    private static String after(Progress progress) {
        return " after " + progress.bytes() + " bytes of the reply";
    }

    private static String seconds(Duration time) {
        return time.toMillis() < 10_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    /** What ended it. */
    public Kind kind() {
        return kind;
    }

    /** Bytes of the reply that had come, head included. */
    public long bytes() {
        return progress.bytes();
    }

    /** How long the last wait had lasted; zero if it did not end by waiting. */
    public Duration waited() {
        return progress.waited();
    }
}
