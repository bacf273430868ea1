package dev.skein.testkit.loop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One whole request: a view of bytes that somebody else owns. Nothing is decoded before it is asked
 * for, because a server under measurement is asked for almost nothing.
 */
public final class HttpRequest {
    private final byte[] head;
    private final int headEnd;
    private final byte[] content;
    private final int from;
    private final int to;
    private long connection;
    private int turn;

    HttpRequest(byte[] head, int headEnd, byte[] content, Range range) {
        this.head = head;
        this.headEnd = headEnd;
        this.content = content;
        this.from = range.from();
        this.to = range.to();
    }

    /** Where in its bytes a body is. */
    record Range(int from, int to) {}

    HttpRequest on(long connectionId, int turnOnIt) {
        connection = connectionId;
        turn = turnOnIt;
        return this;
    }

    /** The number of the connection, from 1, in the order of arrival. */
    public long connection() {
        return connection;
    }

    /** The how-manieth request of its connection this is, from 1. */
    public int turn() {
        return turn;
    }

    /** The method as sent. */
    public String method() {
        return new String(head, 0, Bytes.indexOf(head, 0, headEnd, ' '), ISO_8859_1);
    }

    /** Path and query as sent. */
    public String target() {
        int start = Bytes.indexOf(head, 0, headEnd, ' ') + 1;
        int end = Bytes.indexOf(head, start, headEnd, ' ');
        return new String(head, start, end - start, ISO_8859_1);
    }

    /**
     * The value of that header, compared without case; the first, if it is there more than once.
     */
    public Optional<String> header(String name) {
        int at = Bytes.headerValue(head, headEnd, name);
        return at < 0 ? Optional.empty() : Optional.of(line(at));
    }

    /**
     * All headers in the order sent, names in lower case; values of a repeated one are joined by a
     * comma.
     */
    public Map<String, String> headers() {
        var all = new LinkedHashMap<String, String>();
        for (int at = Bytes.indexOf(head, 0, headEnd, '\n') + 1; at > 0 && at < headEnd; ) {
            String line = line(at);
            int colon = line.indexOf(':');
            if (colon > 0) {
                all.merge(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim(),
                        (first, next) -> first + ", " + next);
            }
            at = Bytes.indexOf(head, at, headEnd, '\n') + 1;
        }
        return all;
    }

    /** A copy of the body, already taken out of its chunks. */
    public byte[] body() {
        return Arrays.copyOfRange(content, from, to);
    }

    /** How many bytes the body has. */
    public int bodyLength() {
        return to - from;
    }

    /**
     * Whether the bytes of a JSON body have {@code "name": true} somewhere. It looks at bytes, not
     * at structure, and is for those who must not pay for parsing.
     */
    public boolean hasTrue(String name) {
        return hasWord(name, 't');
    }

    /** Like {@link #hasTrue}, for {@code "name": false}. */
    public boolean hasFalse(String name) {
        return hasWord(name, 'f');
    }

    boolean wantsClose() {
        boolean old = line(0).endsWith("HTTP/1.0");
        return header("connection").map(value -> value.equalsIgnoreCase("close")).orElse(old);
    }

    private boolean hasWord(String name, char first) {
        byte[] quoted = ('"' + name + '"').getBytes(ISO_8859_1);
        int at = Bytes.indexOf(content, from, to, quoted);
        if (at < 0) {
            return false;
        }
        at += quoted.length;
        while (at < to && (content[at] == ' ' || content[at] == ':')) {
            at++;
        }
        return at < to && content[at] == first;
    }

    private String line(int at) {
        int end = Bytes.indexOf(head, at, headEnd, '\r');
        return new String(head, at, (end < 0 ? headEnd : end) - at, ISO_8859_1).trim();
    }
}
