package dev.skein.http;

import java.nio.charset.StandardCharsets;

/**
 * Cuts a stream into lines, which end with LF, CR or CRLF. A line is handed out as soon as its end
 * is there: after a CR it does not wait to see whether an LF follows. Text is made of whole lines
 * only, so it does not matter where reads cut a character.
 */
final class LineReader {
    private final ReplyStream stream;
    private final int limit;
    private byte[] bytes = new byte[4 << 10];
    private int start;
    private int end;
    private int to;
    private boolean begun;
    private boolean afterReturn;

    LineReader(ReplyStream stream, int limit) {
        this.stream = stream;
        this.limit = limit;
    }

    /**
     * Goes to the next line; false at the end. What follows the last line end counts as a line only
     * if the server says where the body ends; if it does not, it may be half a line.
     */
    boolean next() throws TransportException, InterruptedException {
        begin();
        end = start;
        while (!atLineEnd()) {
            if (!more()) {
                return start < end && stream.framed();
            }
        }
        limit(end - start);
        afterReturn = bytes[end] == '\r';
        return true;
    }

    // The first line may follow a byte order mark, any other the second half of a CRLF.
    private void begin() throws TransportException, InterruptedException {
        if (!begun) {
            begun = true;
            skipMark();
            return;
        }
        start = Math.min(end + 1, to);
        if (afterReturn && (start < to || more())) {
            start += bytes[start] == '\n' ? 1 : 0;
        }
        afterReturn = false;
    }

    private void skipMark() throws TransportException, InterruptedException {
        int[] mark = {0xEF, 0xBB, 0xBF};
        for (int i = 0; i < mark.length; i++) {
            if ((i == to && !more()) || (bytes[i] & 0xff) != mark[i]) {
                return;
            }
        }
        start = mark.length;
    }

    private boolean atLineEnd() {
        while (end < to && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        return end < to;
    }

    /** Reads on; moves the current line to the front first if there is no room behind it. */
    private boolean more() throws TransportException, InterruptedException {
        limit(end - start);
        if (to == bytes.length) {
            int kept = to - start;
            var room = kept > bytes.length / 2 ? new byte[bytes.length * 2] : bytes;
            System.arraycopy(bytes, start, room, 0, kept);
            bytes = room;
            end -= start;
            start = 0;
            to = kept;
        }
        int count = stream.read(bytes, to, bytes.length - to);
        to += Math.max(count, 0);
        return count > 0;
    }

    /** Refuses so many bytes if one event may not have them. */
    void limit(int size) throws TransportException {
        if (size > limit) {
            throw stream.tooLarge("an event of the stream", limit);
        }
    }

    /** Bytes of the current line. */
    int length() {
        return end - start;
    }

    /** A byte of the current line. */
    byte at(int index) {
        return bytes[start + index];
    }

    /** The current line from an index on, as UTF-8. */
    String text(int from) {
        return new String(bytes, start + from, length() - from, StandardCharsets.UTF_8);
    }
}
