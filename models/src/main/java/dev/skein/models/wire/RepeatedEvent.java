package dev.skein.models.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.http.KnownEvents;
import dev.skein.json.Json;
import java.util.Arrays;

/**
 * Knows events that are one that was read but for a piece of text: most of a stream's events are,
 * and reading them as JSON would be most of what a stream costs. What stands before and after the
 * piece is compared as bytes. Pieces are put together as they stand there, escapes and all, and
 * become a text when they are taken, all at once.
 */
final class RepeatedEvent implements KnownEvents {
    private static final int UNKNOWN = -1;
    private static final byte[] NONE = {};

    /** What some fill with random letters, so that the size of an event does not tell its text. */
    private static final String PADDING = "\"obfuscation\":\"";

    private byte[] before = NONE;
    private byte[] after = NONE;
    private byte[] afterPadding = NONE;
    private byte[] pieces = new byte[256];
    private int size;

    /** Whether there is an event that others can be like. */
    boolean isLearned() {
        return before.length > 0;
    }

    /**
     * Learns an event that says nothing but this piece of text, if it is certain where the piece
     * stands: if just one text of the event is equal to it.
     *
     * @param event its lines
     */
    void learn(byte[] event, String piece) {
        before = NONE;
        if (piece.indexOf('\uFFFD') >= 0) return;
        var plain = piece.getBytes(UTF_8);
        int from = -1;
        int to = -1;
        int close;
        for (int open = quote(event, 0); open < event.length; open = quote(event, close + 1)) {
            close = close(event, open + 1, event.length);
            if (close < 0 || close == event.length) return;
            boolean same = Arrays.equals(event, open + 1, close, plain, 0, plain.length);
            if (!same && !isEscaped(event, open + 1, close, piece)) continue;
            if (from >= 0) return;
            from = open + 1;
            to = close;
        }
        if (from < 0) return;
        before = Arrays.copyOf(event, from);
        learnRest(event, to);
    }

    private void learnRest(byte[] event, int from) {
        int name = new String(event, ISO_8859_1).indexOf(PADDING, from);
        int open = name + PADDING.length();
        int close = name < 0 ? UNKNOWN : close(event, open, event.length);
        boolean padded = close >= 0 && close < event.length;
        after = Arrays.copyOfRange(event, from, padded ? open : event.length);
        afterPadding = padded ? Arrays.copyOfRange(event, close, event.length) : NONE;
    }

    @Override
    public int end(byte[] bytes, int from, int to) {
        int begin = from + before.length;
        if (!isLearned() || !isSame(before, bytes, from, to)) return UNKNOWN;
        if (begin > to) return from;
        int middle = behindText(after, bytes, begin, to);
        boolean more = afterPadding.length > 0 && middle > from && middle <= to;
        int end = more ? behindText(afterPadding, bytes, middle, to) : middle;
        if (end > to) return from;
        if (end >= 0) keep(bytes, begin, middle - after.length);
        return end;
    }

    /** Where a part ends that stands behind a text; behind the bytes if they are too few. */
    private static int behindText(byte[] part, byte[] bytes, int from, int to) {
        int close = close(bytes, from, to);
        if (close < 0 || !isSame(part, bytes, close, to)) return UNKNOWN;
        return close == to ? to + 1 : close + part.length;
    }

    /** The text of what was known since this was called last. */
    String take() {
        var text = text(pieces, 0, size);
        size = 0;
        return text;
    }

    private void keep(byte[] bytes, int from, int to) {
        int length = to - from;
        if (size + length > pieces.length)
            pieces = Arrays.copyOf(pieces, Math.max(size + length, pieces.length * 2));
        System.arraycopy(bytes, from, pieces, size, length);
        size += length;
    }

    /** As far as there are bytes. */
    private static boolean isSame(byte[] part, byte[] bytes, int from, int to) {
        int length = Math.min(part.length, to - from);
        return Arrays.equals(bytes, from, from + length, part, 0, length);
    }

    /** Where the next text begins. */
    private static int quote(byte[] event, int from) {
        int at = from;
        while (at < event.length && event[at] != '"') at++;
        return at;
    }

    /**
     * Where the quotes of a text close that begins there: {@code to} if that is not there yet, -1
     * if it is no text, or one whose first character may have begun in the text before.
     */
    private static int close(byte[] bytes, int from, int to) {
        if (from < to && (bytes[from] & 0xC0) == 0x80) return UNKNOWN;
        int at = from;
        while (at < to && bytes[at] != '"') {
            if (bytes[at] >= 0 && bytes[at] < ' ') return UNKNOWN;
            int next = bytes[at] == '\\' ? afterEscape(bytes, at + 1, to) : at + 1;
            if (next < 0) return UNKNOWN;
            at = next;
        }
        return at;
    }

    private static int afterEscape(byte[] bytes, int at, int to) {
        if (at == to) return to;
        return switch (bytes[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> afterHex(bytes, at + 1, to);
            default -> UNKNOWN;
        };
    }

    private static int afterHex(byte[] bytes, int at, int to) {
        int end = Math.min(at + 4, to);
        for (int i = at; i < end; i++)
            if (bytes[i] < 0 || Character.digit(bytes[i], 16) < 0) return UNKNOWN;
        return end;
    }

    /** Whether a text that has escapes is that one. */
    private static boolean isEscaped(byte[] bytes, int from, int to, String text) {
        int at = from;
        while (at < to && bytes[at] != '\\') at++;
        return at < to && text(bytes, from, to).equals(text);
    }

    private static String text(byte[] bytes, int from, int to) {
        var text = new String(bytes, from, to - from, UTF_8);
        return text.indexOf('\\') < 0 ? text : Json.parse('"' + text + '"').text();
    }
}
