package dev.skein.testkit;

import dev.skein.name.Namespace;
import dev.skein.session.Session;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that does what another one does. Tests extend it and override what is to be counted, to
 * come late or to go wrong. Closing it closes the other.
 */
public class ForwardingSessionStore implements SessionStore {
    private final SessionStore store;

    public ForwardingSessionStore(SessionStore store) {
        this.store = store;
    }

    @Override
    public Optional<Session> load(SessionKey key) {
        return store.load(key);
    }

    @Override
    public boolean delete(SessionKey key) {
        return store.delete(key);
    }

    @Override
    public long append(SessionKey key, long expectedVersion, SessionChange change) {
        return store.append(key, expectedVersion, change);
    }

    @Override
    public long replace(SessionKey key, long expectedVersion, Session session) {
        return store.replace(key, expectedVersion, session);
    }

    @Override
    public List<SessionKey> list(
            @Nullable Namespace prefix, @Nullable SessionKey after, int limit) {
        return store.list(prefix, after, limit);
    }

    @Override
    public void close() {
        store.close();
    }
}
