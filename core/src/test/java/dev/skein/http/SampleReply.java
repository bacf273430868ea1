package dev.skein.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes random replies and knows what they mean. */
final class SampleReply {

    /** How the body is read. */
    enum How {
        ALL,
        EVENTS,
        EVENTS_SOME_KNOWN,
        LINES
    }

    private static final List<String> LETTERS =
            List.of("a", "{", "\"", ":", " ", "\\", "ä", "€", "漢", "😀", "\u0000", "\u2028");

    private final RandomGenerator random;
    private final How how;
    private final String end;
    private final StringBuilder body = new StringBuilder();
    private final StringBuilder meaning = new StringBuilder();
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

    private SampleReply(RandomGenerator random) {
        this.random = random;
        how = How.values()[random.nextInt(How.values().length)];
        end = one(List.of("\n", "\r\n", "\r"));
        write();
    }

    static SampleReply of(RandomGenerator random) {
        return new SampleReply(random);
    }

    byte[] bytes() {
        return raw.toByteArray();
    }

    How how() {
        return how;
    }

    /** Status, headers and content. */
    String meaning() {
        return meaning.toString();
    }

    private void write() {
        int pieces = random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            piece();
        }
        var content = body.toString().getBytes(StandardCharsets.UTF_8);
        var said = meaning.toString();
        meaning.setLength(0);
        var line = one(List.of("\r\n", "\n"));
        if (random.nextInt(4) == 0) {
            text("HTTP/1.1 100 Continue" + line + "A: b" + line + line);
        }
        text("HTTP/1.1 200 OK" + line + "x-A:  1 " + line);
        switch (random.nextInt(3)) {
            case 0 -> sized(content, line);
            case 1 -> chunked(content, line);
            default -> open(content, line);
        }
        meaning.append('|').append(how == How.ALL ? Arrays.hashCode(content) : said);
    }

    private void sized(byte[] content, String line) {
        text("Content-Length: " + content.length + line + line);
        raw.writeBytes(content);
        meaning.append("200{Content-Length=[").append(content.length).append("], x-A=[1]}");
    }

    private void chunked(byte[] content, String line) {
        text("transfer-encoding: Chunked" + line + line);
        for (int at = 0; at < content.length; ) {
            int size = 1 + random.nextInt(content.length - at);
            text(Integer.toHexString(size) + one(List.of("", ";a=b", " ")) + line);
            raw.write(content, at, size);
            text(line);
            at += size;
        }
        text("0" + line + one(List.of("", "X-Trailer: a" + line)) + line);
        meaning.append("200{transfer-encoding=[Chunked], x-A=[1]}");
    }

    private void open(byte[] content, String line) {
        text(line);
        raw.writeBytes(content);
        meaning.append("200{x-A=[1]}");
    }

    private void piece() {
        var word = word();
        switch (how) {
            case ALL -> body.append(word);
            case LINES -> {
                body.append(word).append(end);
                meaning.append('[').append(word).append(']');
            }
            case EVENTS, EVENTS_SOME_KNOWN -> event(word);
        }
    }

    private void event(String data) {
        body.append(one(List.of("", ": ping" + end, ": ping" + end + end)));
        var name = one(List.of("message", "delta"));
        body.append(name.equals("delta") ? "event: delta" + end : "");
        body.append("data: ").append(data).append(end);
        var more = one(List.of("", word()));
        body.append(more.isEmpty() ? "" : "data:" + more + end).append(end);
        var whole =
                more.isEmpty()
                        ? data
                        : data + "\n" + (more.startsWith(" ") ? more.substring(1) : more);
        meaning.append(new ServerEvent(name, whole));
    }

    private String word() {
        var word = new StringBuilder();
        int length = random.nextInt(100) == 0 ? 9_000 : 1 + random.nextInt(60);
        for (int i = 0; i < length; i++) {
            word.append(one(LETTERS));
        }
        return word.toString();
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void text(String text) {
        raw.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
