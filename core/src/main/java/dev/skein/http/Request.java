package dev.skein.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What to ask of a server. {@code Host}, {@code Content-Length}, {@code Connection} and the like
 * are the transport's own; user information in the address is not sent.
 *
 * @param uri absolute, {@code http} or {@code https}
 * @param headers one value for each name; values are ISO-8859-1 without control characters
 * @param body what is sent; not copied, so the caller leaves it alone; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // a request is sent, not compared
public record Request(String method, URI uri, Map<String, String> headers, byte[] body) {
    private static final Set<String> OWN =
            Set.of(
                    "host",
                    "content-length",
                    "transfer-encoding",
                    "connection",
                    "expect",
                    "upgrade");

    /**
     * Refuses an address that is not absolute HTTP and headers that are not the caller's to set.
     */
    public Request {
        if (uri.getHost() == null || !("http".equalsIgnoreCase(uri.getScheme()) || secure(uri))) {
            throw new IllegalArgumentException(
                    "an address has http or https and a host, this one has " + uri.getScheme());
        }
        headers = Map.copyOf(headers);
        for (var name : headers.keySet()) {
            if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the transport sets header " + name + " itself");
            }
        }
    }

    /** Sends nothing, asks for a resource. */
    public static Request get(URI uri, Map<String, String> headers) {
        return new Request("GET", uri, headers, new byte[0]);
    }

    /** Sends a body. */
    public static Request post(URI uri, Map<String, String> headers, byte[] body) {
        return new Request("POST", uri, headers, body);
    }

    /** Method and address, without query, user information, headers and body. */
    @Override
    public String toString() {
        return method + " " + shown(uri);
    }

    boolean secure() {
        return secure(uri);
    }

    /** Path and query as they go on the wire. */
    String target() {
        var path = uri.getRawPath();
        var whole = path == null || path.isEmpty() ? "/" : path;
        return uri.getRawQuery() == null ? whole : whole + "?" + uri.getRawQuery();
    }

    /** Whether a length is said even if the body is empty. */
    boolean saysLength() {
        return body.length > 0
                || switch (method) {
                    case "POST", "PUT", "PATCH" -> true;
                    case String _ -> false;
                };
    }

    private static boolean secure(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    private static String shown(URI uri) {
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
    }
}
