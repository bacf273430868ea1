package dev.skein.http;

/**
 * Status and headers of a reply, and what they say about the body.
 *
 * @param length of the body; -1 if it is not said
 * @param keep whether the server keeps the connection open
 */
record ReplyHead(int status, Headers headers, long length, boolean chunked, boolean keep) {

    /** Whether no body follows, whatever the headers say. */
    boolean bodiless(Request request) {
        return status == 204 || status == 304 || request.method().equals("HEAD");
    }
}
