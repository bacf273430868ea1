package dev.skein.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream into lines, which end with LF, CR or CRLF. A line is handed out as soon as its end
 * is there: after a CR it does not wait to see whether an LF follows. Text is made of whole lines
 * only, so it does not matter where reads cut a character.
 */
final class LineReader {
    /** What is known by its bytes is waited for until it is so long. */
    private static final int SHORT = 16 << 10;

    private final ReplyStream stream;
    private final int limit;
    private byte[] bytes;
    private int start;
    private int end;
    private int to;
    private int mark;
    private boolean begun;
    private boolean afterReturn;

    /**
     * A reader that has not begun.
     *
     * @param room for what has come and was not handed out yet; replaced if it is too small
     */
    LineReader(ReplyStream stream, int limit, byte[] room) {
        this.stream = stream;
        this.limit = limit;
        this.bytes = room;
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

    /**
     * Passes over what is known from the next line on, and leaves the current line behind. Waits
     * for the first that is known to be whole, but not for another one.
     *
     * @return whether anything was passed over
     */
    boolean pass(KnownEvents known) throws TransportException, InterruptedException {
        begin();
        int next = known.end(bytes, start, to);
        while (next == start && to - start < Math.min(SHORT, limit) && awaited()) {
            next = known.end(bytes, start, to);
        }
        boolean any = next > start;
        end = start - 1;
        while (next > start) {
            end = next - 1;
            afterReturn = bytes[end] == '\r';
            start = afterReturn && next < to && bytes[next] == '\n' ? next + 1 : next;
            next = known.end(bytes, start, to);
        }
        return any;
    }

    private boolean awaited() throws TransportException, InterruptedException {
        end = to;
        return more();
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
            mark = Math.max(mark - start, -1);
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

    /** Remembers the current line as the first of several. */
    void mark() {
        mark = start;
    }

    /** The lines from the remembered one to the end of the current; empty if they are gone. */
    byte[] marked() {
        return mark < 0 ? new byte[0] : Arrays.copyOfRange(bytes, mark, Math.min(end + 1, to));
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
