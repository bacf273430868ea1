package dev.skein.server;

import dev.skein.http.RequestHead;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Arrays;

/** The one request that a connection carries, as it comes in. */
final class Incoming {
    private static final int LONGEST_HEAD = 16 << 10;

    private final InputStream in;
    private final byte[] bytes = new byte[LONGEST_HEAD];
    private int size;
    private int headEnd;

    Incoming(InputStream in) {
        this.in = in;
    }

    /**
     * Reads up to the empty line behind the headers.
     *
     * @throws EOFException if the client went away before
     */
    RequestHead head() throws IOException {
        while (headEnd == 0) {
            if (size == bytes.length) throw new ProtocolException("headers of more than 16 KiB");
            int count = in.read(bytes, size, bytes.length - size);
            if (count < 0) throw new EOFException("the client went away");
            int seen = Math.max(0, size - 3);
            size += count;
            headEnd = behindEmptyLine(seen);
        }
        return RequestHead.parse(Arrays.copyOf(bytes, headEnd));
    }

    /** Reads the body, which is that long; only behind {@link #head()}. */
    byte[] body(int length) throws IOException {
        var body = Arrays.copyOfRange(bytes, headEnd, headEnd + length);
        int at = Math.min(size - headEnd, length);
        if (in.readNBytes(body, at, length - at) < length - at)
            throw new EOFException("the client went away");
        return body;
    }

    /** Waits until the client has gone away; what it sends meanwhile means nothing. */
    void awaitEnd() throws IOException {
        while (in.read(bytes, 0, bytes.length) >= 0) size = 0;
    }

    /** The place behind the first empty line, or 0. */
    private int behindEmptyLine(int from) {
        for (int i = from; i < size - 1; i++) {
            if (bytes[i] != '\n') continue;
            int next = bytes[i + 1] == '\r' && i + 2 < size ? i + 2 : i + 1;
            if (bytes[next] == '\n') return next + 1;
        }
        return 0;
    }
}
