package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

/** How events become bytes. */
enum Framing {
    SSE("text/event-stream; charset=utf-8", "\n"),
    SSE_CRLF("text/event-stream", "\r\n"),
    NDJSON("application/x-ndjson", "\n"),
    /** Binary: it has no lines, and nothing that readers skip. */
    AMAZON("application/vnd.amazon.eventstream", "");

    private final String type;
    private final String lineEnd;

    Framing(String type, String lineEnd) {
        this.type = type;
        this.lineEnd = lineEnd;
    }

    String type() {
        return type;
    }

    String lineEnd() {
        return lineEnd;
    }

    /** The bytes of one event, its end included. */
    byte[] frame(Event event, String newline) {
        return switch (event) {
            case Event.Framed(var raw) -> raw.copy();
            case Event.Word(var word) -> lines("", word, newline);
            case Event.Document(var name, var json) ->
                    this == AMAZON
                            ? AmazonFrame.event(name, json)
                            : lines(name, json.canonical(), newline);
            case Event.Thrown(var name, var json) ->
                    this == AMAZON
                            ? AmazonFrame.exception(name, json)
                            : lines(name, json.canonical(), newline);
        };
    }

    /** Whether it is text, which may begin with a byte-order mark. */
    boolean isText() {
        return this != AMAZON;
    }

    /** A line that readers skip; nothing where there are no lines. */
    byte[] comment(String text, String newline) {
        if (this == AMAZON) {
            return new byte[0];
        }
        return (this == NDJSON ? newline : ": " + text + newline).getBytes(UTF_8);
    }

    private byte[] lines(String name, String data, String newline) {
        if (this == NDJSON) {
            return (data + newline).getBytes(UTF_8);
        }
        String first = name.isEmpty() ? "" : "event: " + name + newline;
        return (first + "data: " + data + newline + newline).getBytes(UTF_8);
    }
}
