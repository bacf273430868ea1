package dev.skein.http;

import java.util.Locale;

/**
 * Where connections lead.
 *
 * @param host in lower case; an IPv6 address without brackets
 */
record Origin(boolean secure, String host, int port) {

    static Origin of(Request request) {
        var uri = request.uri();
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int usual = request.secure() ? 443 : 80;
        return new Origin(request.secure(), bare, uri.getPort() < 0 ? usual : uri.getPort());
    }

    /** As the {@code Host} header says it. */
    String authority() {
        return port == (secure ? 443 : 80) ? bracketed() : withPort();
    }

    /** Host and port. */
    String withPort() {
        return bracketed() + ":" + port;
    }

    private String bracketed() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
}
