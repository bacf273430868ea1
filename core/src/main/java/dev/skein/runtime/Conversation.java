package dev.skein.runtime;

import dev.skein.event.SessionEvent;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.session.Session;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.Transcript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a run: what its stored conversation had before, if it has one, and what the run
 * added. What is added is in the journal first, then in the store, then in here.
 */
final class Conversation {
    private final LiveRun<?> run;
    private final @Nullable SessionKey key;
    private final Window window;
    private final List<Message> messages = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();
    private final Map<String, Json> metadata;
    private long version;

    private Conversation(
            LiveRun<?> run, @Nullable SessionKey key, Window window, @Nullable Session stored) {
        this.run = run;
        this.key = key;
        this.window = window;
        this.metadata = stored == null ? Map.of() : stored.metadata();
        this.version = stored == null ? 0 : stored.version();
        if (stored != null) keep(stored.messages());
    }

    /**
     * Loads the stored conversation, mended where it was broken.
     *
     * @param key null: nothing is stored
     */
    static Conversation open(LiveRun<?> run, @Nullable SessionKey key, Window window) {
        if (key == null) return new Conversation(run, null, window, null);
        var stored = run.engine().sessions().load(key).orElse(null);
        return new Conversation(run, key, window, stored == null ? null : mended(run, key, stored));
    }

    private static Session mended(LiveRun<?> run, SessionKey key, Session stored) {
        var mending = Mending.of(stored.messages());
        if (mending.repairs().isEmpty()) return stored;
        mending.repairs().forEach(what -> run.record(new SessionEvent.SessionRepaired(what)));
        var whole =
                new Session(
                        key,
                        stored.version(),
                        mending.messages(),
                        stored.metadata(),
                        stored.created(),
                        run.engine().clock().instant());
        long version = run.engine().sessions().replace(key, stored.version(), whole);
        return new Session(
                key, version, whole.messages(), whole.metadata(), whole.created(), whole.updated());
    }

    List<Message> messages() {
        return Collections.unmodifiableList(messages);
    }

    List<Long> sizes() {
        return Collections.unmodifiableList(sizes);
    }

    Map<String, Json> metadata() {
        return metadata;
    }

    /** Adds what belongs together, at once. */
    void add(List<Message> added) {
        for (var message : added) {
            var ref = run.keep(message);
            run.record(new SessionEvent.MessageAdded(ref, Transcript.role(message)));
        }
        if (key != null)
            version =
                    run.engine()
                            .sessions()
                            .append(
                                    key,
                                    version,
                                    SessionChange.of(added, run.engine().clock().instant()));
        keep(added);
        run.progress().finished(added);
    }

    private void keep(List<Message> added) {
        for (var message : added) {
            messages.add(message);
            sizes.add(window.size(message));
        }
    }
}
