package dev.skein.benchmarks.floors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.skein.benchmarks.harness.Program;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The lowest floor: blocking sockets on virtual threads, kept for the next request last in first
 * out, and the little of HTTP/1.1 that the fake model speaks.
 */
public final class SocketFloor extends Floor {
    private static final int CONNECT_MILLIS = 30_000;
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final byte[] LENGTH = "content-length:".getBytes(ISO_8859_1);
    private static final int STATUS = 9;

    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final InetSocketAddress address;
    private final String head;

    private static final class Connection {
        final Socket socket = new Socket();
        byte[] buffer = new byte[4096];
    }

    private SocketFloor(String address) {
        var uri = URI.create(address);
        this.address = new InetSocketAddress(uri.getHost(), uri.getPort());
        this.head =
                "POST "
                        + uri.getPath()
                        + "/chat/completions HTTP/1.1\r\nHost: "
                        + uri.getAuthority()
                        + "\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + KEY
                        + "\r\nContent-Length: ";
    }

    public static void main(String[] arguments) throws Exception {
        Program.run(arguments, SocketFloor::new);
    }

    @Override
    byte[] exchange(byte[] body) throws IOException {
        var connection = connection();
        connection.socket.getOutputStream().write(request(body));
        var reply = reply(connection);
        idle.addFirst(connection);
        return reply;
    }

    @Override
    public void close() {
        try {
            for (var one = idle.poll(); one != null; one = idle.poll()) one.socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connection() throws IOException {
        var kept = idle.pollFirst();
        if (kept != null) return kept;
        var fresh = new Connection();
        fresh.socket.setTcpNoDelay(true);
        fresh.socket.connect(address, CONNECT_MILLIS);
        return fresh;
    }

    private byte[] request(byte[] body) {
        var begin = (head + body.length + "\r\n\r\n").getBytes(ISO_8859_1);
        var request = Arrays.copyOf(begin, begin.length + body.length);
        System.arraycopy(body, 0, request, begin.length, body.length);
        return request;
    }

    private static byte[] reply(Connection connection) throws IOException {
        var in = connection.socket.getInputStream();
        int filled = 0;
        int end = -1;
        while (end < 0) {
            if (filled == connection.buffer.length)
                connection.buffer = Arrays.copyOf(connection.buffer, filled * 2);
            int from = Math.max(0, filled - BLANK_LINE.length + 1);
            filled += some(in, connection.buffer, filled);
            end = indexOf(connection.buffer, from, filled);
        }
        if (connection.buffer[STATUS] != '2')
            throw new IOException(new String(connection.buffer, 0, STATUS + 3, ISO_8859_1));
        int start = end + BLANK_LINE.length;
        var body = new byte[length(connection.buffer, end)];
        int got = Math.min(body.length, filled - start);
        System.arraycopy(connection.buffer, start, body, 0, got);
        while (got < body.length) got += some(in, body, got);
        return body;
    }

    private static int some(InputStream in, byte[] buffer, int from) throws IOException {
        int count = in.read(buffer, from, buffer.length - from);
        if (count < 0) throw new EOFException("the model hung up");
        return count;
    }

    /** Where the head ends, or -1. */
    private static int indexOf(byte[] buffer, int from, int to) {
        for (int i = from; i + BLANK_LINE.length <= to; i++)
            if (Arrays.equals(buffer, i, i + BLANK_LINE.length, BLANK_LINE, 0, BLANK_LINE.length))
                return i;
        return -1;
    }

    private static int length(byte[] buffer, int end) throws IOException {
        for (int i = 1; i + LENGTH.length < end; i++)
            if (buffer[i - 1] == '\n' && isLength(buffer, i)) {
                int stop = i + LENGTH.length;
                while (buffer[stop] != '\r') stop++;
                int from = i + LENGTH.length;
                return Integer.parseInt(new String(buffer, from, stop - from, ISO_8859_1).strip());
            }
        throw new IOException("no length");
    }

    private static boolean isLength(byte[] buffer, int at) {
        for (int i = 0; i < LENGTH.length; i++)
            if (Character.toLowerCase((char) buffer[at + i]) != LENGTH[i]) return false;
        return true;
    }
}
