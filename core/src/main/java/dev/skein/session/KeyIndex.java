package dev.skein.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sessions a folder has. The names of files do not tell, so the first record of each is read,
 * once.
 */
final class KeyIndex {
    private final SessionFolder folder;
    private final Map<String, SessionKey> known = new ConcurrentHashMap<>();

    KeyIndex(SessionFolder folder) {
        this.folder = folder;
    }

    List<SessionKey> page(Page page) {
        var ids = folder.translated(folder::ids);
        known.keySet().retainAll(ids);
        var keys = new ArrayList<SessionKey>(ids.size());
        for (var id : ids) key(id).ifPresent(keys::add);
        return page.of(keys.stream());
    }

    private Optional<SessionKey> key(String id) {
        var before = known.get(id);
        if (before != null) return Optional.of(before);
        var key = folder.settled(id, () -> read(id));
        key.ifPresent(found -> known.put(id, found));
        return key;
    }

    /** Empty if the session has had no change. */
    private Optional<SessionKey> read(String id) throws IOException {
        var opened = FrameReader.open(folder.file(id));
        if (opened.isEmpty()) return Optional.empty();
        try (var reader = opened.get()) {
            var key = reader.key();
            if (key.isPresent() && !SessionFile.id(key.get()).equals(id))
                throw reader.damaged(0, "it was named for another session");
            return reader.next().isPresent() ? key : Optional.empty();
        }
    }
}
