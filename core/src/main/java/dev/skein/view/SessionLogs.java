package dev.skein.view;

import dev.skein.event.Entry;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.home.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of the live sessions of a root run, {@code <path>.jsonl} without the root's name in
 * lower case; a session that has the path of one before has {@code <path>~2.jsonl}.
 */
final class SessionLogs {
    private static final Pattern SAFE =
            Pattern.compile("[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*");

    private final Path folder;
    private final long limit;
    private final Map<String, LogFile> live = new HashMap<>();
    private final Set<LogFile> written = new HashSet<>();

    SessionLogs(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** Whether the entry is one of a session that is live, or begins. */
    boolean takes(Entry entry) {
        var path = entry.origin().path();
        return live.containsKey(path)
                || (entry.event() instanceof SessionEvent.SessionOpened && safe(path).isPresent());
    }

    Optional<LogFile.Rolled> add(Entry entry, byte[] line) throws IOException {
        var path = entry.origin().path();
        if (entry.event() instanceof SessionEvent.SessionOpened opened)
            live.put(path, file(path, opened.incarnation()));
        var file = live.get(path);
        if (file == null) return Optional.empty();
        written.add(file);
        if (entry.event() instanceof SessionEvent.SessionChanged(_, var to, _)
                && to == SessionState.ENDED) live.remove(path);
        return file.add(line);
    }

    void flush() throws IOException {
        for (var file : written) file.flush();
        written.clear();
    }

    private LogFile file(String path, int incarnation) throws IOException {
        var name = safe(path).orElseThrow() + (incarnation > 1 ? "~" + incarnation : "");
        var file = folder.resolve(name + LogFile.SUFFIX);
        var above = file.getParent();
        if (above != null) PrivateFiles.folder(above);
        return new LogFile(file, limit);
    }

    /** As a place in the folder; empty for the root's own path and for names that are no names. */
    private static Optional<String> safe(String path) {
        int root = path.indexOf('/');
        if (root < 0) return Optional.empty();
        var below = path.substring(root + 1).toLowerCase(Locale.ROOT);
        return SAFE.matcher(below).matches() ? Optional.of(below) : Optional.empty();
    }
}
