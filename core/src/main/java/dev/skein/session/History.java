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
    private final boolean whole;
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Json> metadata = new HashMap<>();
    private Instant created = Instant.EPOCH;
    private Instant updated = Instant.EPOCH;
    private long version;

    private History(boolean whole) {
        this.whole = whole;
    }

    /** From the beginning, with the messages. */
    static History whole() {
        return new History(true);
    }

    /** For those who only add to it, without the messages, after what they know. */
    static History after(long version, Map<String, Json> metadata) {
        var history = new History(false);
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
        if (whole) messages.addAll(FrameText.messages(frame.text()));
    }

    long version() {
        return version;
    }

    Map<String, Json> metadata() {
        return Map.copyOf(metadata);
    }

    Session session(SessionKey key) {
        return new Session(key, version, messages, metadata, created, updated);
    }
}
