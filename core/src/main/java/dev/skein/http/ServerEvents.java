package dev.skein.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a reply as server-sent events, read as the HTML standard says. Comments, ids and
 * retry times are passed over, and so are events without data. An event that has no empty line
 * after it when the body ends is handed out if the server said where the body ends; if it did not,
 * the event may be half of one and is dropped.
 */
public final class ServerEvents {
    private final LineReader lines;
    private final boolean framed;
    private String name = "";
    private @Nullable StringBuilder joined;
    private @Nullable String data;
    private int size;

    ServerEvents(LineReader lines, boolean framed) {
        this.lines = lines;
        this.framed = framed;
    }

    /**
     * The next event; empty at the end of the body. Blocks until it is there.
     *
     * @throws TransportException also if the event is larger than {@code sizes.event}
     */
    public Optional<ServerEvent> next() throws TransportException, InterruptedException {
        boolean open = lines.next();
        lines.mark();
        while (open && !(lines.length() == 0 && data != null)) {
            line();
            open = lines.next();
        }
        return open || framed ? take() : Optional.empty();
    }

    /**
     * Passes over events that are known, from the next one on. Blocks until that is there; those
     * behind it count as far as they have come.
     *
     * @return whether there were any
     */
    public boolean pass(KnownEvents known) throws TransportException, InterruptedException {
        return lines.pass(known);
    }

    /**
     * The bytes of the event that was handed out last, from its first line to its empty one; none
     * if they are gone.
     */
    public byte[] last() {
        return lines.marked();
    }

    private Optional<ServerEvent> take() {
        var whole = joined == null ? data : joined.toString();
        var event =
                whole == null ? null : new ServerEvent(name.isEmpty() ? "message" : name, whole);
        forget();
        return Optional.ofNullable(event);
    }

    private void forget() {
        name = "";
        data = null;
        joined = null;
        size = 0;
    }

    private void line() throws TransportException {
        if (lines.length() == 0) {
            forget();
            return;
        }
        size += lines.length();
        lines.limit(size);
        if (isField("data")) {
            add(value("data"));
        } else if (isField("event")) {
            name = value("event");
        }
    }

    /** Whether the line is that field, with or without a value. */
    private boolean isField(String field) {
        if (lines.length() < field.length()) {
            return false;
        }
        for (int i = 0; i < field.length(); i++) {
            if (lines.at(i) != field.charAt(i)) {
                return false;
            }
        }
        return lines.length() == field.length() || lines.at(field.length()) == ':';
    }

    private String value(String field) {
        int from = Math.min(field.length() + 1, lines.length());
        boolean blank = from < lines.length() && lines.at(from) == ' ';
        return lines.text(blank ? from + 1 : from);
    }

    // Most events have one data line, which needs no joining.
    private void add(String value) {
        if (data == null) {
            data = value;
        } else {
            joined = joined == null ? new StringBuilder(data) : joined;
            joined.append('\n').append(value);
        }
    }
}
