package dev.skein.server;

import dev.skein.http.Headers;
import dev.skein.json.Json;
import java.util.Map;

/**
 * What a client asks for.
 *
 * @param parts what the parts in braces of the route's path stand for
 * @param body null in JSON if there is none
 */
record Call(
        String method,
        String path,
        Query query,
        Map<String, String> parts,
        Headers headers,
        Json body) {

    Call withParts(Map<String, String> parts) {
        return new Call(method, path, query, parts, headers, body);
    }

    /** The part of the path that the route calls so. */
    String part(String name) {
        return parts.getOrDefault(name, "");
    }
}
