package dev.skein.session;

import dev.skein.name.Namespace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where conversations are kept. Thread-safe; may block; an interrupt does not undo what it was
 * asked to keep. Damaged data is {@code store.damaged}, never "absent"; use after close is {@code
 * store.unavailable}. The metadata of one conversation may have 64 keys and 64 KiB, else {@code
 * limit.size}.
 */
public interface SessionStore extends AutoCloseable {
    /**
     * The conversation; of one with more than 10,000 messages the newest, from a message of the
     * user on. Older ones stay in the store.
     */
    Optional<Session> load(SessionKey key);

    /** False if there was none. */
    boolean delete(SessionKey key);

    /**
     * Adds to the conversation and gives its new version. The bytes written do not grow with the
     * history.
     *
     * @param expectedVersion 0 for a conversation that does not exist yet
     * @throws dev.skein.failure.SkeinException with {@code conflict.version} if another wrote
     *     meanwhile; nothing is changed
     */
    long append(SessionKey key, long expectedVersion, SessionChange change);

    /**
     * Puts another content in place of all that {@link #load} gives: for compaction and repair
     * only. Older messages, which that does not give, stay before it. Otherwise as {@link #append}.
     */
    long replace(SessionKey key, long expectedVersion, Session session);

    /**
     * Keys of the prefix itself and below it, in order of their text, after {@code after}; all if
     * the prefix is null.
     */
    List<SessionKey> list(@Nullable Namespace prefix, @Nullable SessionKey after, int limit);

    @Override
    void close();

    /** As {@link #inFolder(Path, Durability)}, surviving the loss of power. */
    static SessionStore inFolder(Path folder) {
        return inFolder(folder, Durability.POWER);
    }

    /**
     * Keeps them in files of that folder, one for each conversation, readable by their owner alone;
     * makes the folder. Several stores and processes may use it at once. A change that ends with
     * {@code store.full} or {@code store.unavailable} was not made.
     *
     * @throws dev.skein.failure.SkeinException with {@code store.unavailable} if it cannot be made
     */
    static SessionStore inFolder(Path folder, Durability durability) {
        return new FolderSessionStore(SessionFolder.open(folder, Disk.of(durability)));
    }

    /** Keeps them in memory, for as long as it lives. */
    static SessionStore inMemory() {
        return new MemorySessionStore();
    }
}
