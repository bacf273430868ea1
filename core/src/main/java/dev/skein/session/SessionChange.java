package dev.skein.session;

import dev.skein.json.Json;
import dev.skein.model.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is added to a conversation at once.
 *
 * @param metadata keys to set; the others stay
 */
public record SessionChange(List<Message> messages, Map<String, Json> metadata, Instant at) {
    public SessionChange {
        messages = List.copyOf(messages);
        metadata = Map.copyOf(metadata);
    }

    public static SessionChange of(List<Message> messages, Instant at) {
        return new SessionChange(messages, Map.of(), at);
    }
}
