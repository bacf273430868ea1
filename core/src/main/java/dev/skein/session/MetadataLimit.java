package dev.skein.session;

import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What the metadata of one session may be: 64 keys, 64 KiB of keys and values as JSON. */
final class MetadataLimit {
    private static final int MOST_KEYS = 64;
    private static final int MOST_BYTES = 64 << 10;
    private static final String REMEDY = "Keep what is large elsewhere, and its name here.";

    private MetadataLimit() {}

    /**
     * The metadata after the change.
     *
     * @throws SkeinException with {@code limit.size} if it would be too much, {@code invalid.body}
     *     if an added value is nested too deep to be read again
     */
    static Map<String, Json> merged(
            SessionKey key, Map<String, Json> before, Map<String, Json> added) {
        if (added.isEmpty()) return before;
        var metadata = new HashMap<>(before);
        metadata.putAll(added);
        check(key, metadata.size(), MOST_KEYS, "keys");
        check(key, bytes(metadata), MOST_BYTES, "bytes");
        for (var value : added.values()) Json.parse(value.canonical());
        return Map.copyOf(metadata);
    }

    private static void check(SessionKey key, long actual, long limit, String unit) {
        if (actual > limit)
            throw new SkeinException(
                    new Limit.Size("Metadata of " + key.text(), actual, limit, unit, REMEDY));
    }

    private static long bytes(Map<String, Json> metadata) {
        return metadata.entrySet().stream()
                .mapToLong(entry -> size(entry.getKey()) + size(entry.getValue().canonical()))
                .sum();
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
