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
 * Nothing stays open between two calls.
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
                    tails.remember(file.id(), null);
                    return file.delete();
                });
    }

    @Override
    public long append(SessionKey key, long expectedVersion, SessionChange change) {
        var file = file(key);
        var text = FrameText.of(change);
        return folder.writing(
                file.id(),
                () -> {
                    var tail = checked(file, expectedVersion);
                    var metadata = tail == null ? Map.<String, Json>of() : tail.metadata();
                    var merged = MetadataLimit.merged(key, metadata, change.metadata());
                    return remembered(file, file.append(tail, text, merged));
                });
    }

    @Override
    public long replace(SessionKey key, long expectedVersion, Session session) {
        var file = file(key);
        var metadata = MetadataLimit.merged(key, Map.of(), session.metadata());
        return folder.writing(
                file.id(),
                () -> {
                    checked(file, expectedVersion);
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
    }

    private @Nullable Tail checked(SessionFile file, long expectedVersion) throws IOException {
        var tail = file.tail(tails.known(file.id()));
        tails.remember(file.id(), tail);
        long found = tail == null ? 0 : tail.version();
        if (found != expectedVersion)
            throw new SkeinException(
                    new Conflict.Version(file.key().text(), expectedVersion, found));
        return tail;
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
