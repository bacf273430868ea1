package dev.skein.runtime;

import dev.skein.event.Ref;
import dev.skein.event.SessionEvent;
import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.session.Session;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.Transcript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a run: background from its caller, what its stored conversation had before, if it
 * has one, and what the run added. What is added is in the journal first, then in the store, then
 * in here. Changed by the run's thread only; its children may look at {@link #said}.
 */
final class Conversation {
    private static final int MOST_RELOADS = 16;

    private final LiveRun<?> run;
    private final @Nullable SessionKey key;
    private final Window window;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Message> messages = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();
    private int background;
    private Map<String, Json> metadata = Map.of();
    private Instant created;
    private long version;

    private Conversation(LiveRun<?> run, Window window) {
        this.run = run;
        this.key = run.sessionKey();
        this.window = window;
        this.created = now();
    }

    /** Loads the stored conversation of the run, if it has one, mended where it was broken. */
    static Conversation open(LiveRun<?> run, Window window) {
        var talk = new Conversation(run, window);
        talk.load();
        return talk;
    }

    private void load() {
        for (int attempt = 1; ; attempt++) {
            try {
                read();
                return;
            } catch (SkeinException e) {
                // While it was mended another process wrote, perhaps because it mended it too.
                if (!(e.failure() instanceof Conflict.Version) || attempt == MOST_RELOADS) throw e;
            }
        }
    }

    private void read() {
        var stored = key == null ? null : run.conversations().load(key).orElse(null);
        if (stored == null) return;
        var whole = mended(stored);
        metadata = whole.metadata();
        created = whole.created();
        version = whole.version();
        keep(whole.messages());
    }

    private Session mended(Session stored) {
        var mending = Mending.of(stored.messages());
        if (mending.repairs().isEmpty()) return stored;
        mending.repairs().forEach(what -> run.record(new SessionEvent.SessionRepaired(what)));
        return replaced(stored, mending.messages());
    }

    private Session replaced(Session before, List<Message> messages) {
        var whole =
                new Session(
                        before.key(),
                        before.version(),
                        messages,
                        before.metadata(),
                        before.created(),
                        now());
        long fresh = run.conversations().replace(before.key(), before.version(), whole);
        return new Session(
                before.key(), fresh, messages, whole.metadata(), whole.created(), whole.updated());
    }

    List<Message> messages() {
        return Collections.unmodifiableList(messages);
    }

    List<Long> sizes() {
        return Collections.unmodifiableList(sizes);
    }

    /** How many of the messages, from the first, are the caller's background and never stored. */
    int background() {
        return background;
    }

    Map<String, Json> metadata() {
        return metadata;
    }

    /** What was said in it so far, without background; may be asked by any thread. */
    List<Message> said() {
        lock.lock();
        try {
            return List.copyOf(messages.subList(background, messages.size()));
        } finally {
            lock.unlock();
        }
    }

    /** Puts what the caller shows in front of all that is there. Once. */
    void lead(List<Message> shown) {
        lock.lock();
        try {
            messages.addAll(0, shown);
            sizes.addAll(0, shown.stream().map(window::size).toList());
            background = shown.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds the run's task. Where another process wrote to the same conversation meanwhile, that is
     * read first, for no answer depends on what was there before.
     *
     * @throws SkeinException with {@code conflict.version} if others were always faster
     */
    void begin(List<Message> task) {
        if (task.isEmpty()) return;
        journal(task);
        for (int attempt = 1; ; attempt++) {
            try {
                store(task);
                break;
            } catch (SkeinException e) {
                if (!(e.failure() instanceof Conflict.Version) || attempt == MOST_RELOADS) throw e;
                forget(messages.size());
                load();
            }
        }
        keep(task);
        run.progress().finished(task);
    }

    /** Adds what belongs together, at once. */
    void add(List<Message> added) {
        if (added.isEmpty()) return;
        var spoken = spoken(added);
        journal(spoken);
        store(spoken);
        keep(spoken);
        run.progress().finished(spoken);
    }

    /**
     * Puts a summary in place of the oldest messages, up to that index.
     *
     * @throws SkeinException with {@code conflict.version} if another process wrote meanwhile
     */
    void condense(int to, Message summary) {
        var ref = run.keep(summary);
        run.record(new SessionEvent.SessionCompacted(background, to, ref));
        var rest = new ArrayList<Message>(messages.size() - to + 1);
        rest.add(summary);
        rest.addAll(messages.subList(to, messages.size()));
        if (key != null)
            version =
                    replaced(new Session(key, version, List.of(), metadata, created, now()), rest)
                            .version();
        forget(to);
        lock.lock();
        try {
            messages.add(background, summary);
            sizes.add(background, window.size(summary));
        } finally {
            lock.unlock();
        }
    }

    private List<Message> spoken(List<Message> added) {
        if (key == null || key.agent() != null) return added;
        return added.stream()
                .map(message ->
                        message instanceof Message.Assistant said
                                ? said.withSpeaker(run.name())
                                : message)
                .toList();
    }

    private void journal(List<Message> added) {
        for (var message : added) {
            Ref ref = run.keep(message);
            run.record(new SessionEvent.MessageAdded(ref, Transcript.role(message)));
        }
    }

    private void store(List<Message> added) {
        if (key == null) return;
        version = run.conversations().append(key, version, SessionChange.of(added, now()));
    }

    private void keep(List<Message> added) {
        lock.lock();
        try {
            for (var message : added) {
                messages.add(message);
                sizes.add(window.size(message));
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(int to) {
        lock.lock();
        try {
            messages.subList(background, to).clear();
            sizes.subList(background, to).clear();
        } finally {
            lock.unlock();
        }
    }

    private Instant now() {
        return run.engine().clock().instant();
    }
}
