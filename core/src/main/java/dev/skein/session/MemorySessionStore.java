package dev.skein.session;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.name.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Conversations in a map. Appending copies nothing that is already there. */
final class MemorySessionStore implements SessionStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SessionKey, Kept> sessions = new HashMap<>();
    private boolean closed;

    private record Kept(Session head, ArrayList<Message> messages) {
        Session session() {
            return new Session(
                    head.key(),
                    head.version(),
                    Recent.of(messages),
                    head.metadata(),
                    head.created(),
                    head.updated());
        }
    }

    @Override
    public Optional<Session> load(SessionKey key) {
        lock.lock();
        try {
            return Optional.ofNullable(sessions().get(key)).map(Kept::session);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean delete(SessionKey key) {
        lock.lock();
        try {
            return sessions().remove(key) != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long append(SessionKey key, long expectedVersion, SessionChange change) {
        lock.lock();
        try {
            var kept = checked(key, expectedVersion);
            var before = kept == null ? Map.<String, Json>of() : kept.head().metadata();
            var metadata = MetadataLimit.merged(key, before, change.metadata());
            var messages = kept == null ? new ArrayList<Message>() : kept.messages();
            messages.addAll(change.messages());
            var created = kept == null ? change.at() : kept.head().created();
            var head =
                    new Session(
                            key, expectedVersion + 1, List.of(), metadata, created, change.at());
            sessions.put(key, new Kept(head, messages));
            return head.version();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long replace(SessionKey key, long expectedVersion, Session session) {
        lock.lock();
        try {
            var kept = checked(key, expectedVersion);
            var head =
                    new Session(
                            key,
                            expectedVersion + 1,
                            List.of(),
                            MetadataLimit.merged(key, Map.of(), session.metadata()),
                            session.created(),
                            session.updated());
            var messages = new ArrayList<Message>();
            if (kept != null)
                messages.addAll(kept.messages().subList(0, Recent.older(kept.messages())));
            messages.addAll(session.messages());
            sessions.put(key, new Kept(head, messages));
            return head.version();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<SessionKey> list(
            @Nullable Namespace prefix, @Nullable SessionKey after, int limit) {
        lock.lock();
        try {
            return new Page(prefix, after, limit).of(sessions().keySet().stream());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            sessions.clear();
        } finally {
            lock.unlock();
        }
    }

    private Map<SessionKey, Kept> sessions() {
        if (closed)
            throw new SkeinException(
                    new StoreFailure.Unavailable("The store of sessions", "it is closed"));
        return sessions;
    }

    private @Nullable Kept checked(SessionKey key, long expectedVersion) {
        var kept = sessions().get(key);
        long found = kept == null ? 0 : kept.head().version();
        if (found != expectedVersion)
            throw new SkeinException(new Conflict.Version(key.text(), expectedVersion, found));
        return kept;
    }
}
