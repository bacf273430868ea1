package dev.skein.view;

import dev.skein.event.Archive;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of one root run from its files, from the oldest that is left, also while they are
 * written. The file that grows is renamed when it is full, which its reader notices when it has
 * read it to its end; so a file is left for the next only after that.
 */
final class RunRecording implements Archive.Recording {
    private static final byte[] SEQ = "{\"seq\":".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final RecordedTexts texts;
    private @Nullable WholeLines lines;
    private @Nullable Entry ahead;
    private int rolled;
    private boolean growing;
    private boolean drained;
    private boolean trimmed;

    RunRecording(Path folder) {
        this.folder = folder;
        this.texts = new RecordedTexts(new Blobs(folder.resolve(RootFiles.BLOBS)));
    }

    @Override
    public Optional<Entry> next(long after) {
        try {
            var entry = ahead;
            ahead = null;
            return Optional.ofNullable(entry == null ? read(after) : entry);
        } catch (IOException e) {
            throw damaged("cannot be read: " + e, e);
        }
    }

    private @Nullable Entry read(long after) throws IOException {
        while (lines != null || open()) {
            var line = lines == null ? null : lines.next();
            if (line == null) {
                if (!atEnd()) return null;
            } else if (trimmed || seq(line) > after) {
                var entry = texts.entry(line);
                if (trimmed) return afterTrimmed(entry);
                if (entry.seq() > after) return entry;
            }
        }
        return null;
    }

    /** The files before that one are gone: a run keeps only so much. */
    private Entry afterTrimmed(Entry first) {
        trimmed = false;
        ahead = first;
        long last = first.seq() - 1;
        var gap = new Event.Gap(1, last);
        return new Entry(last, 0, first.origin(), first.at(), gap);
    }

    /** False: there is nothing more yet. */
    private boolean atEnd() throws IOException {
        if (growing) {
            if (LogFile.rolledIn(folder, rolled).isEmpty()) return false;
            if (!drained) {
                drained = true; // what was written before it was renamed
                return true;
            }
            rolled++;
        }
        close();
        return true;
    }

    /** Opens what follows the rolled file of that number; false: it is not there yet. */
    private boolean open() throws IOException {
        var current = folder.resolve(RootFiles.EVENTS);
        if (!openRolled(current)) {
            if (!Files.exists(current)) return false;
            lines = new WholeLines(current);
            growing = true;
            drained = false;
            if (!LogFile.rolledIn(folder, rolled).isEmpty()) {
                close(); // it may be that one, or the one after it
                return openRolled(current);
            }
        }
        return true;
    }

    private boolean openRolled(Path current) throws IOException {
        List<Integer> later = LogFile.rolledIn(folder, rolled);
        if (later.isEmpty()) return false;
        int next = later.getFirst();
        lines = new WholeLines(LogFile.numbered(current, next));
        trimmed = next > rolled + 1;
        rolled = next;
        growing = false;
        return true;
    }

    /** As the line begins with it; one that does not has to be read as a whole. */
    private static long seq(byte[] line) {
        for (int i = 0; i < SEQ.length; i++)
            if (i >= line.length || line[i] != SEQ[i]) return Long.MAX_VALUE;
        long seq = 0;
        for (int i = SEQ.length; i < line.length && line[i] >= '0' && line[i] <= '9'; i++)
            seq = seq * 10 + line[i] - '0';
        return seq;
    }

    private SkeinException damaged(String problem, Exception cause) {
        return new SkeinException(new StoreFailure.Damaged("Run folder " + folder, problem), cause);
    }

    @Override
    public void close() {
        try {
            if (lines != null) lines.close();
        } catch (IOException e) {
            throw damaged("cannot be closed: " + e, e);
        } finally {
            lines = null;
        }
    }
}
