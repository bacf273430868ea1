package dev.skein.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Knows the events that have one line, with data, and writes them down. */
final class PlainEvents implements KnownEvents {
    private static final String BEGIN = "data: ";

    private final StringBuilder out;
    private int known;

    PlainEvents(StringBuilder out) {
        this.out = out;
    }

    /** How many were known. */
    int known() {
        return known;
    }

    @Override
    public int end(byte[] bytes, int from, int to) {
        var text = new String(bytes, from, to - from, ISO_8859_1);
        if (!text.startsWith(BEGIN)) {
            return BEGIN.startsWith(text) ? from : -1;
        }
        int lineEnd = lineEnd(text);
        int next = lineEnd + (text.startsWith("\r\n", lineEnd) ? 2 : 1);
        if (next >= text.length()) {
            return from;
        }
        if (text.charAt(next) != '\n' && text.charAt(next) != '\r') {
            return -1;
        }
        known++;
        int data = BEGIN.length();
        out.append(
                new ServerEvent("message", new String(bytes, from + data, lineEnd - data, UTF_8)));
        return from + next + 1;
    }

    private static int lineEnd(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }
}
