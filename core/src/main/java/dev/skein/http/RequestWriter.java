package dev.skein.http;

import dev.skein.http.Proxies.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes the bytes of a request, head and body in one piece, so that they leave in one write. */
final class RequestWriter {
    private final byte[] bytes;
    private int at;

    private RequestWriter(int size) {
        bytes = new byte[size];
    }

    /**
     * The bytes of a request.
     *
     * @throws IllegalArgumentException if a part of the head cannot be sent as it is; the message
     *     does not repeat it
     */
    static byte[] bytes(Request request, Origin origin, @Nullable Proxy forwarding) {
        var whole = forwarding == null ? "" : "http://" + origin.authority();
        var start = start(request.method(), whole + request.target(), origin.authority());
        var end = end(request, forwarding);
        int size = start.length() + end.length() + request.body().length;
        for (var header : request.headers().entrySet()) {
            size += header.getKey().length() + header.getValue().length() + 4;
        }
        var writer = new RequestWriter(size);
        writer.ascii(start);
        request.headers().forEach(writer::header);
        writer.ascii(end);
        writer.body(request.body());
        return writer.bytes;
    }

    /** The bytes that ask a proxy for a way through to an origin. */
    static byte[] tunnel(Origin origin, Proxy proxy) {
        var head =
                start("CONNECT", origin.withPort(), origin.withPort())
                        + authorization(proxy)
                        + "\r\n";
        var writer = new RequestWriter(head.length());
        writer.ascii(head);
        return writer.bytes;
    }

    private static String start(String method, String target, String host) {
        return method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
    }

    private static String end(Request request, @Nullable Proxy forwarding) {
        var length =
                request.saysLength() ? "Content-Length: " + request.body().length + "\r\n" : "";
        return (forwarding == null ? length : length + authorization(forwarding)) + "\r\n";
    }

    private static String authorization(Proxy proxy) {
        var secret = proxy.authorization();
        return secret == null ? "" : "Proxy-Authorization: " + secret + "\r\n";
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[at++] = (byte) text.charAt(i);
        }
    }

    private void header(String name, String value) {
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter <= ' ' || letter >= 0x7f || letter == ':') {
                throw new IllegalArgumentException(
                        "a header's name has a character that none may have");
            }
            bytes[at++] = (byte) letter;
        }
        bytes[at++] = ':';
        bytes[at++] = ' ';
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if ((letter < ' ' && letter != '\t') || letter == 0x7f || letter > 0xff) {
                throw new IllegalArgumentException(
                        "the value of header " + name + " has a character that cannot be sent");
            }
            bytes[at++] = (byte) letter;
        }
        bytes[at++] = '\r';
        bytes[at++] = '\n';
    }

    private void body(byte[] body) {
        System.arraycopy(body, 0, bytes, at, body.length);
    }
}
