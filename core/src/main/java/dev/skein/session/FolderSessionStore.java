package dev.skein.session;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.name.Namespace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conversations in the files of one folder, which several stores and processes may use at once.
 * Between two calls nothing stays open but lock files.
 */
final class FolderSessionStore implements SessionStore {
    private final SessionFolder folder;
    private final KeyIndex keys;
    private final Tails tails = new Tails();
    private volatile boolean closed;

    FolderSessionStore(SessionFolder folder) {
        this.folder = folder;
        this.keys = new KeyIndex(folder);
    }

    @Override
    public Optional<Session> load(SessionKey key) {
        var file = file(key);
        return folder.settled(
                file.id(),
                () -> {
                    var history = History.recent();
                    tails.remember(file.id(), file.read(history));
                    return history.version() == 0
                            ? Optional.empty()
                            : Optional.of(history.session(key));
                });
    }

    @Override
    public boolean delete(SessionKey key) {
        var file = file(key);
        return folder.writing(
                file.id(),
                () -> {
                    var known = tails.known(file.id());
                    tails.remember(file.id(), null);
                    return file.delete(known);
                });
    }

    @Override
    public long append(SessionKey key, long expectedVersion, SessionChange change) {
        var file = file(key);
        var text = FrameText.of(change);
        return folder.writing(
                file.id(),
                () -> {
                    try (var adding = Adding.to(file, tails.known(file.id()))) {
                        var tail = adding.tail();
                        check(file, tail, expectedVersion);
                        var metadata = tail == null ? Map.<String, Json>of() : tail.metadata();
                        var merged = MetadataLimit.merged(key, metadata, change.metadata());
                        return remembered(file, adding.add(text, merged));
                    }
                });
    }

    @Override
    public long replace(SessionKey key, long expectedVersion, Session session) {
        var file = file(key);
        var metadata = MetadataLimit.merged(key, Map.of(), session.metadata());
        return folder.writing(
                file.id(),
                () -> {
                    check(file, file.tail(tails.known(file.id())), expectedVersion);
                    var text = FrameText.of(session, older(file));
                    return remembered(file, file.replace(expectedVersion + 1, text, metadata));
                });
    }

    private static List<Message> older(SessionFile file) throws IOException {
        var history = History.whole();
        file.read(history);
        return history.older();
    }

    @Override
    public List<SessionKey> list(
            @Nullable Namespace prefix, @Nullable SessionKey after, int limit) {
        checkOpen();
        return keys.page(new Page(prefix, after, limit));
    }

    @Override
    public void close() {
        closed = true;
        folder.close();
    }

    private void check(SessionFile file, @Nullable Tail tail, long expectedVersion) {
        tails.remember(file.id(), tail);
        long found = tail == null ? 0 : tail.version();
        if (found != expectedVersion)
            throw new SkeinException(
                    new Conflict.Version(file.key().text(), expectedVersion, found));
    }

    private long remembered(SessionFile file, Tail tail) {
        tails.remember(file.id(), tail);
        return tail.version();
    }

    private SessionFile file(SessionKey key) {
        checkOpen();
        return new SessionFile(folder, SessionFile.id(key), key);
    }

    private void checkOpen() {
        if (closed) throw new SkeinException(folder.unavailable("the store is closed"));
    }
}
