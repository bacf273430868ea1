package dev.skein.http;

import java.net.ProtocolException;

/**
 * Request line and headers, as a server reads them.
 *
 * @param target path and query as they came
 * @param length of the body; 0 if none is said
 * @param chunked whether the body comes in chunks, whose length nobody knows yet
 */
public record RequestHead(
        String method, String target, Headers headers, long length, boolean chunked) {
    /**
     * Reads a head.
     *
     * @param bytes from the first byte of the request on, at least to the empty line behind it
     * @throws ProtocolException if it is not HTTP/1.1, or says two things about its body
     */
    public static RequestHead parse(byte[] bytes) throws ProtocolException {
        return HeadParser.request(bytes);
    }
}
