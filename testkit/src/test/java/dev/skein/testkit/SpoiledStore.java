package dev.skein.testkit;

import dev.skein.name.Namespace;
import dev.skein.session.Session;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what another store does; what is overridden is what it does wrong. */
abstract class SpoiledStore implements SessionStore {
    final SessionStore right;

    SpoiledStore(SessionStore right) {
        this.right = right;
    }

    @Override
    public Optional<Session> load(SessionKey key) {
        return right.load(key);
    }

    @Override
    public boolean delete(SessionKey key) {
        return right.delete(key);
    }

    @Override
    public long append(SessionKey key, long expectedVersion, SessionChange change) {
        return right.append(key, expectedVersion, change);
    }

    @Override
    public long replace(SessionKey key, long expectedVersion, Session session) {
        return right.replace(key, expectedVersion, session);
    }

    @Override
    public List<SessionKey> list(
            @Nullable Namespace prefix, @Nullable SessionKey after, int limit) {
        return right.list(prefix, after, limit);
    }

    @Override
    public void close() {
        right.close();
    }
}
