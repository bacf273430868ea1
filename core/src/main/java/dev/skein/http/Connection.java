package dev.skein.http;

import dev.skein.http.TransportException.Kind;
import dev.skein.policy.TransportLimits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;

/** A line that carries HTTP: writes requests, reads heads, hands out the bytes that follow. */
final class Connection {
    private static final int SLICE = 1 << 20;
    private static final int LARGE = 16 << 10;
    private static final int LINES = 8 << 10;
    private static final byte[] NONE = {};

    private final Line line;
    private final InputStream in;
    private final OutputStream out;
    private final TransportLimits limits;
    private byte[] bytes = new byte[4 << 10];
    private byte[] lineRoom = NONE;
    private int from;
    private int to;

    Connection(Line line, InputStream in, OutputStream out, TransportLimits limits) {
        this.line = line;
        this.in = in;
        this.out = out;
        this.limits = limits;
    }

    /** Over a line that is connected. */
    static Connection plain(Line line, TransportLimits limits) throws IOException {
        var channel = line.channel();
        if (channel.getRemoteAddress() instanceof UnixDomainSocketAddress) {
            var in = Channels.newInputStream(channel);
            return new Connection(line, in, Channels.newOutputStream(channel), limits);
        }
        var socket = channel.socket();
        return new Connection(line, socket.getInputStream(), socket.getOutputStream(), limits);
    }

    /** Over a line that leads to the origin; the certificate must be its own. */
    static Connection secure(Line line, Setup setup, Origin origin) throws IOException {
        var socket = (SSLSocket) layer(line, setup, origin);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new Connection(
                line, socket.getInputStream(), socket.getOutputStream(), setup.limits());
    }

    private static Socket layer(Line line, Setup setup, Origin origin) throws IOException {
        try {
            var socket = line.channel().socket();
            return setup.secure().createSocket(socket, origin.host(), origin.port(), true);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("the platform's trust cannot be loaded", e);
        }
    }

    Line line() {
        return line;
    }

    /** Takes the connection for an exchange; false if it was closed while it rested. */
    boolean begin(Request request, long deadline) {
        return line.begin(request, limits.firstByte(), deadline);
    }

    /** Keeps the connection for another exchange; false if it cannot be kept. */
    boolean rest() {
        return from == to && line.rest(limits.connections().keep());
    }

    /** Sends a request, in one write unless it is longer than a mebibyte. */
    void send(byte[] message) throws IOException {
        for (int at = 0; at < message.length; at += SLICE) {
            if (at > 0) {
                line.awaits(Kind.FIRST_BYTE, limits.firstByte());
            }
            out.write(message, at, Math.min(SLICE, message.length - at));
        }
    }

    /** The head of the final reply; those before it are passed over. */
    ReplyHead head() throws IOException {
        int room = limits.sizes().head();
        while (true) {
            int end = headEnd(room);
            var head = HeadParser.parse(bytes, from);
            room -= end - from;
            from = end;
            if (head.status() >= 200) {
                return head;
            }
            if (head.status() == 101) {
                throw new ProtocolException("the server changed the protocol");
            }
        }
    }

    private int headEnd(int room) throws IOException {
        System.arraycopy(bytes, from, bytes, 0, to - from);
        to -= from;
        from = 0;
        int end = blankLine(0);
        while (end < 0 && to < room) {
            int seen = Math.max(0, to - 2);
            more(room);
            end = blankLine(seen);
        }
        if (end < 0 || end > room) {
            throw line.tooLarge("the head of the reply", limits.sizes().head());
        }
        return end;
    }

    /** The place after an empty line, or -1. */
    private int blankLine(int start) {
        for (int i = start; i < to - 1; i++) {
            if (bytes[i] == '\n') {
                int next = bytes[i + 1] == '\r' && i + 2 < to ? i + 2 : i + 1;
                if (bytes[next] == '\n') {
                    return next + 1;
                }
            }
        }
        return -1;
    }

    private void more(int room) throws IOException {
        if (to == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(to + 1, Math.min(to * 2, room)));
        }
        int count = receive(bytes, to, bytes.length - to);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        to += count;
        if (to == bytes.length && to < LARGE) {
            bytes = Arrays.copyOf(bytes, LARGE);
        }
    }

    /** Where a stream is cut into lines: kept, as one stream follows another. */
    byte[] lineRoom() {
        if (lineRoom.length == 0) {
            lineRoom = new byte[LINES];
        }
        return lineRoom;
    }

    /** Some of the bytes that follow, as they come; -1 if there are no more. */
    int read(byte[] into, int at, int length) throws IOException {
        if (from == to) {
            return receive(into, at, length);
        }
        int count = Math.min(length, to - from);
        System.arraycopy(bytes, from, into, at, count);
        from += count;
        return count;
    }

    /** The next byte; the end of the connection must not come first. */
    int next() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
            more(bytes.length);
        }
        return bytes[from++];
    }

    /** A byte that has come already, so many behind the next one; -1 if it has not. */
    int peek(int ahead) {
        return from + ahead < to ? bytes[from + ahead] & 0xff : -1;
    }

    private int receive(byte[] into, int at, int length) throws IOException {
        if (line.received() > 0) {
            line.awaits(Kind.IDLE, limits.idle());
        }
        int count = in.read(into, at, length);
        if (count > 0) {
            line.came(count);
        }
        return count;
    }
}
