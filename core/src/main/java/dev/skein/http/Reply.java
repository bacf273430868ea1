package dev.skein.http;

import java.nio.charset.StandardCharsets;

/**
 * A whole reply.
 *
 * @param status 200 to 599; nothing is followed, nothing is an exception
 * @param body the caller's own from now on
 */
@SuppressWarnings("ArrayRecordComponent") // a reply is read, not compared
public record Reply(int status, Headers headers, byte[] body) {

    /** The body as UTF-8; bytes that are none become U+FFFD. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Status and size, never the content. */
    @Override
    public String toString() {
        return "Reply[status=" + status + ", bytes=" + body.length + "]";
    }
}
