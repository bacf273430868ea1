package dev.skein.testkit.loop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What has come in on one connection and is not yet taken; cuts whole requests off its front. */
final class Inbox {
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
    private static final int MAX_HEAD = 64 << 10;
    private static final int MAX_WAITING = 64 << 20;
    private static final int CHUNKED = -2;

    private byte[] bytes = new byte[4096];
    private int filled;
    // Of the request at the front, as far as it has come: both 0 until its head is whole.
    private int headEnd;
    private int length;
    private int end;

    /** Reads what is there; false at the end of the stream. */
    boolean read(SocketChannel channel) throws IOException {
        if (filled == bytes.length) {
            if (filled >= MAX_WAITING) {
                throw new BadRequest(413, "Request of more than " + MAX_WAITING + " bytes.");
            }
            bytes = Arrays.copyOf(bytes, filled * 2);
        }
        int count = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled));
        filled += Math.max(0, count);
        return count >= 0;
    }

    boolean isFull() {
        return filled == bytes.length;
    }

    /**
     * The request at the front, or null if it is not whole yet. It stays there until {@link #drop}.
     */
    @Nullable HttpRequest next() throws BadRequest {
        if (headEnd == 0 && !findHead()) {
            return null;
        }
        int start = headEnd + HEAD_END.length;
        if (length == CHUNKED) {
            return unchunked(start);
        }
        end = start + length;
        return filled < end
                ? null
                : new HttpRequest(bytes, headEnd, bytes, new HttpRequest.Range(start, end));
    }

    /** Forgets the request at the front. */
    void drop() {
        System.arraycopy(bytes, end, bytes, 0, filled - end);
        filled -= end;
        headEnd = 0;
        if (bytes.length > 1 << 20 && filled == 0) {
            bytes = new byte[4096];
        }
    }

    private boolean findHead() throws BadRequest {
        int at = Bytes.indexOf(bytes, 0, filled, HEAD_END);
        if (at < 0 ? filled > MAX_HEAD : at > MAX_HEAD) {
            throw new BadRequest(431, "Head of more than " + MAX_HEAD + " bytes.");
        }
        if (at < 0) {
            return false;
        }
        headEnd = at;
        int firstSpace = Bytes.indexOf(bytes, 0, at, ' ');
        if (firstSpace < 1 || Bytes.indexOf(bytes, firstSpace + 1, at, ' ') < 0) {
            throw new BadRequest(400, "No request line.");
        }
        length = announced();
        return true;
    }

    private int announced() throws BadRequest {
        int at = Bytes.headerValue(bytes, headEnd, "content-length");
        if (at >= 0) {
            return number(at, 10, '\r');
        }
        return Bytes.headerValue(bytes, headEnd, "transfer-encoding") >= 0 ? CHUNKED : 0;
    }

    private @Nullable HttpRequest unchunked(int start) throws BadRequest {
        int size = wholeChunks(start);
        if (size < 0) {
            return null;
        }
        byte[] content = new byte[size];
        int taken = 0;
        int at = start;
        while (taken < size) {
            int chunk = number(at, 16, '\r');
            int data = Bytes.indexOf(bytes, at, filled, '\n') + 1;
            System.arraycopy(bytes, data, content, taken, chunk);
            taken += chunk;
            at = data + chunk + 2;
        }
        return new HttpRequest(bytes, headEnd, content, new HttpRequest.Range(0, size));
    }

    /**
     * The sum of the chunks, if the last one is there with its trailers; else negative. Finds the
     * end too.
     */
    private int wholeChunks(int start) throws BadRequest {
        int sum = 0;
        for (int at = start; ; ) {
            int lineEnd = Bytes.indexOf(bytes, at, filled, '\n');
            if (lineEnd < 0) {
                return -1;
            }
            int chunk = number(at, 16, '\r');
            if (chunk == 0) {
                int last = Bytes.indexOf(bytes, lineEnd - 1, filled, HEAD_END);
                end = last + HEAD_END.length;
                return last < 0 ? -1 : sum;
            }
            sum += chunk;
            at = lineEnd + 1 + chunk + 2;
            if (at > filled) {
                return -1;
            }
        }
    }

    private int number(int at, int radix, char until) throws BadRequest {
        int stop = Bytes.indexOf(bytes, at, filled, until);
        String digits = new String(bytes, at, Math.max(0, stop - at), ISO_8859_1);
        int extension = digits.indexOf(';');
        try {
            int number =
                    Integer.parseInt(
                            (extension < 0 ? digits : digits.substring(0, extension)).trim(),
                            radix);
            if (number >= 0 && number <= MAX_WAITING) {
                return number;
            }
            throw new BadRequest(413, "Not between 0 and " + MAX_WAITING + ": " + digits);
        } catch (NumberFormatException e) {
            throw new BadRequest(400, "Not a length: " + digits);
        }
    }

    /** A request that HTTP itself forbids. */
    static final class BadRequest extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;

        BadRequest(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
