package dev.skein.http;

import java.io.IOException;

/** The body of a reply, however it is framed. */
abstract sealed class Body permits SizedBody, ChunkedBody, OpenBody {

    static Body of(ReplyHead head, Request request, Connection connection) {
        if (head.bodiless(request)) {
            return new SizedBody(connection, 0);
        }
        if (head.chunked()) {
            return new ChunkedBody(connection);
        }
        return head.length() < 0
                ? new OpenBody(connection)
                : new SizedBody(connection, head.length());
    }

    /** Some bytes as they come, at least one; -1 at the end, and again -1 after it. */
    abstract int read(byte[] into, int at, int length) throws IOException;

    /** Whether all has been read, so that the next byte belongs to another reply. */
    abstract boolean ended();

    /** How many bytes are left; -1 if nobody said. */
    abstract long left();

    /** Whether the server says where the end is; if not, the end may be a broken connection. */
    abstract boolean framed();
}
