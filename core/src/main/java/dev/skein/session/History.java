package dev.skein.session;

import dev.skein.json.Json;
import dev.skein.model.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a session's records come to, one after the other. Used by one thread. */
final class History {
    private final Keeping keeping;
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Json> metadata = new HashMap<>();
    private Instant created = Instant.EPOCH;
    private Instant updated = Instant.EPOCH;
    private long version;

    /** Which of the messages are kept. */
    private enum Keeping {
        ALL,
        RECENT,
        NONE
    }

    private History(Keeping keeping) {
        this.keeping = keeping;
    }

    /** From the beginning, with all messages. */
    static History whole() {
        return new History(Keeping.ALL);
    }

    /** From the beginning, with the messages that are loaded. */
    static History recent() {
        return new History(Keeping.RECENT);
    }

    /** For those who only add to it, without the messages, after what they know. */
    static History after(long version, Map<String, Json> metadata) {
        var history = new History(Keeping.NONE);
        history.version = version;
        history.metadata.putAll(metadata);
        return history;
    }

    /** IllegalArgumentException if that record cannot be the next. */
    void add(Frame frame) {
        var heading = FrameText.heading(frame.text());
        var begun = heading.created();
        boolean anew = begun != null;
        long next = frame.head().version();
        if (anew ? next <= version : next != version + 1)
            throw new IllegalArgumentException("version " + next + " follows " + version);
        if (anew) {
            messages.clear();
            metadata.clear();
        }
        if (begun != null) created = begun;
        else if (version == 0) created = heading.at();
        version = next;
        updated = heading.at();
        metadata.putAll(heading.metadata());
        if (keeping != Keeping.NONE) messages.addAll(FrameText.messages(frame.text()));
        // One more than can be loaded says that there were more.
        if (keeping == Keeping.RECENT && messages.size() > 2 * Recent.MOST)
            messages.subList(0, messages.size() - Recent.MOST - 1).clear();
    }

    /** The messages that are not loaded. */
    List<Message> older() {
        return messages.subList(0, Recent.older(messages));
    }

    long version() {
        return version;
    }

    Map<String, Json> metadata() {
        return Map.copyOf(metadata);
    }

    Session session(SessionKey key) {
        return new Session(key, version, Recent.of(messages), metadata, created, updated);
    }
}
