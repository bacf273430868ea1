package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One connection, on which requests are written by hand and answers are read as they are. */
final class RawClient implements AutoCloseable {
    /** An answer as it came; {@code whole} says whether its end did. */
    record Heard(int status, Map<String, String> headers, List<byte[]> chunks, boolean whole) {
        byte[] bytes() {
            var all = new ByteArrayOutputStream();
            chunks.forEach(all::writeBytes);
            return all.toByteArray();
        }

        String body() {
            return new String(bytes(), UTF_8);
        }

        Json json() {
            return Json.parse(bytes());
        }

        /** The data of all events that are JSON, in order. */
        List<Json> events() {
            var events = new ArrayList<Json>();
            for (var line : body().lines().toList()) {
                String data = line.startsWith("data: ") ? line.substring(6) : line;
                if (data.startsWith("{")) {
                    events.add(Json.parse(data));
                }
            }
            return events;
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    RawClient(URI server) throws IOException {
        socket = new Socket(InetAddress.ofLiteral(server.getHost()), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Asks once on a connection of its own, with the wire's own credentials. */
    static Heard post(Wire wire, String path, Json body) throws IOException {
        try (var client = new RawClient(wire.base())) {
            return client.ask(wire, path, body);
        }
    }

    Heard ask(Wire wire, String path, Json body) throws IOException {
        send(wire.base().getPath() + path, credentials(wire), body.canonical());
        return hear();
    }

    static Map<String, String> credentials(Wire wire) {
        return switch (wire.model("")) {
            case "anthropic:" -> Map.of("x-api-key", wire.key(), "anthropic-version", "2023-06-01");
            case "gemini:" -> Map.of("x-goog-api-key", wire.key());
            case "ollama:" -> Map.of();
            default -> Map.of("Authorization", "Bearer " + wire.key());
        };
    }

    void send(String target, Map<String, String> headers, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        var head = new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Type: application/json\r\nContent-Length: ")
                .append(bytes.length)
                .append("\r\n\r\n");
        write(head.toString().getBytes(ISO_8859_1));
        write(bytes);
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    Heard hear() throws IOException {
        String[] status = line().split(" ", 3);
        var headers = new LinkedHashMap<String, String>();
        readHeaders(headers);
        var chunks = new ArrayList<byte[]>();
        boolean whole = body(headers, chunks);
        return new Heard(Integer.parseInt(status[1]), headers, chunks, whole);
    }

    private boolean body(Map<String, String> headers, List<byte[]> chunks) throws IOException {
        try {
            String length = headers.get("content-length");
            if (length != null) {
                return read(Integer.parseInt(length), chunks);
            }
            if (!headers.containsKey("transfer-encoding")) {
                chunks.add(in.readAllBytes());
                return true;
            }
            for (int size = size(); size > 0; size = size()) {
                if (!read(size, chunks)) {
                    return false;
                }
                line();
            }
            readHeaders(headers);
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    private int size() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private boolean read(int size, List<byte[]> chunks) throws IOException {
        byte[] bytes = in.readNBytes(size);
        chunks.add(bytes);
        return bytes.length == size;
    }

    private void readHeaders(Map<String, String> headers) throws IOException {
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
