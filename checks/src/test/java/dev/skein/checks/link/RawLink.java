package dev.skein.checks.link;

import dev.skein.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** Lines of an agent over a socket, as they are said and heard. */
final class RawLink implements AutoCloseable {
    private static final Set<String> ASIDE = Set.of("ack", "ping", "pong");

    private final SocketChannel channel;
    private final InputStream in;

    private RawLink(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 14);
    }

    /** Connects, and says nothing. */
    static RawLink to(Path folder) throws IOException {
        return new RawLink(
                SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("link.sock"))));
    }

    void send(Json frame) throws IOException {
        send(frame.canonical() + "\n");
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) channel.write(buffer);
    }

    /** The next frame, or JSON's null at the end; blocks. */
    Json receive() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) return Json.nothing();
            line.write(one);
        }
        return Json.parse(line.toByteArray());
    }

    /** The next frame that says something. */
    Json next() throws IOException {
        while (true) {
            var frame = receive();
            if (!ASIDE.contains(frame.get("t").text())) return frame;
        }
    }

    /** The next frame of that kind. */
    Json next(String kind) throws IOException {
        while (true) {
            var frame = receive();
            if (frame.get("t").text().equals(kind)) return frame;
            if (frame.isNull()) throw new IOException("the link ended before " + kind);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
