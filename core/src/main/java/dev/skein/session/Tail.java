package dev.skein.session;

import dev.skein.json.Json;
import java.util.Map;

/**
 * The last whole record of a session's file.
 *
 * @param start where it begins
 * @param metadata of the session after it
 */
record Tail(long start, Frame.Head head, Map<String, Json> metadata) {
    long version() {
        return head.version();
    }

    /** Where the next record goes. */
    long end() {
        return start + head.whole();
    }
}
