package dev.skein.http;

import dev.skein.policy.TransportLimits;
import java.io.IOException;
import java.util.Arrays;

/**
 * A reply whose body is still to come. It is read on the calling thread, and by one thread at a
 * time. Close it: if the body was read to its end the connection serves the next exchange, if not
 * it is closed.
 *
 * <p>Every read blocks until something comes. It throws {@link TransportException} if it takes too
 * long, is too much or breaks off, and {@link InterruptedException} if the thread is interrupted;
 * after both the stream is at its end and only {@link #close()} is left.
 */
public final class ReplyStream implements AutoCloseable {
    private final Lease lease;
    private final ReplyHead head;
    private final Body body;
    private final TransportLimits.Sizes sizes;
    private long count;
    private boolean closed;

    ReplyStream(Lease lease, ReplyHead head, Body body, TransportLimits.Sizes sizes) {
        this.lease = lease;
        this.head = head;
        this.body = body;
        this.sizes = sizes;
    }

    /** 200 to 599. */
    public int status() {
        return head.status();
    }

    /** The headers, without what follows the body. */
    public Headers headers() {
        return head.headers();
    }

    /**
     * Some bytes of the body as they come, at least one.
     *
     * @return how many, or -1 at the end
     * @throws TransportException also if the body is larger than {@code sizes.stream}
     */
    public int read(byte[] into, int at, int length)
            throws TransportException, InterruptedException {
        int got = some(into, at, length);
        count += Math.max(got, 0);
        if (count > sizes.stream()) {
            throw tooLarge("the stream", sizes.stream());
        }
        return got;
    }

    /**
     * What is left of the body.
     *
     * @throws TransportException also if that is larger than {@code sizes.body}
     */
    public byte[] readAll() throws TransportException, InterruptedException {
        if (body.left() > sizes.body()) {
            throw tooLarge("the body", sizes.body());
        }
        // Not what the server says, at once: it could say much and send nothing.
        long first = body.left() < 0 ? 8 << 10 : Math.min(body.left(), 256 << 10);
        var all = new byte[(int) first];
        int size = 0;
        for (int got = 0; got >= 0; got = some(all, size, all.length - size)) {
            size += got;
            if (size > sizes.body()) {
                throw tooLarge("the body", sizes.body());
            }
            if (body.left() == 0) {
                break;
            }
            if (size == all.length) {
                all = Arrays.copyOf(all, Math.max(size * 2, 64));
            }
        }
        return size == all.length ? all : Arrays.copyOf(all, size);
    }

    /** The body as server-sent events. Nothing else may be read after that. */
    public ServerEvents events() {
        return new ServerEvents(inLines(), framed());
    }

    /** The body as lines of JSON. Nothing else may be read after that. */
    public JsonLines lines() {
        return new JsonLines(inLines());
    }

    private LineReader inLines() {
        return new LineReader(this, sizes.event(), lease.connection().lineRoom());
    }

    /** Ends the exchange; does not block, and may be called again. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lease.end(body.ended() && head.keep());
        }
    }

    /** Whether the end of the body is told from a broken connection. */
    boolean framed() {
        return body.framed();
    }

    TransportException tooLarge(String what, long limit) {
        return lease.connection().line().tooLarge(what, limit);
    }

    private int some(byte[] into, int at, int length)
            throws TransportException, InterruptedException {
        try {
            return body.read(into, at, length);
        } catch (IOException e) {
            throw lease.connection().line().explain(e);
        }
    }
}
