package dev.skein.session;

import dev.skein.json.Json;
import dev.skein.model.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A stored conversation.
 *
 * @param version how many changes it has had; 0 does not exist
 */
public record Session(
        SessionKey key,
        long version,
        List<Message> messages,
        Map<String, Json> metadata,
        Instant created,
        Instant updated) {
    public Session {
        messages = List.copyOf(messages);
        metadata = Map.copyOf(metadata);
    }
}
