package dev.skein.server;

import dev.skein.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes one reply, and says before each write that it may take its time from now on. */
final class Outgoing implements Reply.Sink {
    private static final int IN_HAND = 32 << 10;

    private final OutputStream out;
    private final Runnable writes;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    /**
     * To a client.
     *
     * @param writes called before each write
     */
    Outgoing(OutputStream out, Runnable writes) {
        this.out = out;
        this.writes = writes;
    }

    /** Blocks until all of it is written. */
    void write(Reply reply) throws IOException, InterruptedException {
        switch (reply) {
            case Reply.Value(var status, var headers, var body) -> whole(status, headers, body);
            case Reply.Lines(var body) -> {
                send(
                        head(200, Map.of("Content-Type", "application/x-ndjson"))
                                + "Transfer-Encoding: chunked\r\n\r\n");
                body.write(this);
                flush();
                send("0\r\n\r\n");
            }
        }
    }

    @Override
    public void line(Json value) throws IOException {
        lines.write(value.toBytes());
        lines.write('\n');
        if (lines.size() >= IN_HAND) flush();
    }

    @Override
    public void flush() throws IOException {
        if (lines.size() == 0) return;
        var chunk = new ByteArrayOutputStream(lines.size() + 16);
        chunk.write((Integer.toHexString(lines.size()) + "\r\n").getBytes(StandardCharsets.UTF_8));
        lines.writeTo(chunk);
        chunk.write('\r');
        chunk.write('\n');
        lines.reset();
        send(chunk.toByteArray());
    }

    private void whole(int status, Map<String, String> headers, Json body) throws IOException {
        var content = body.toBytes();
        var head =
                head(status, headers)
                        + "Content-Type: application/json\r\nContent-Length: "
                        + content.length
                        + "\r\n\r\n";
        var message = new ByteArrayOutputStream(head.length() + content.length);
        message.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes(content);
        send(message.toByteArray());
    }

    private static String head(int status, Map<String, String> headers) {
        var head =
                new StringBuilder("HTTP/1.1 ")
                        .append(status)
                        .append(' ')
                        .append(Statuses.word(status))
                        .append("\r\nConnection: close\r\nCache-Control: no-store\r\n")
                        .append("X-Content-Type-Options: nosniff\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }

    private void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void send(byte[] message) throws IOException {
        writes.run();
        out.write(message);
        out.flush();
    }
}
