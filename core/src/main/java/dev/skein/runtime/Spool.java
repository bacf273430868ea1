package dev.skein.runtime;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of one run that were too large to be shown, each in a private file, until the run
 * ends. The folder is made for the first of them.
 */
final class Spool implements AutoCloseable {
    private static final int HANDLE_DIGITS = 16;
    private static final int PIECE = 4096;

    private final Ids ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SpilledText> texts = new ConcurrentHashMap<>();
    private @Nullable Path folder;
    private boolean closed;

    Spool(Ids ids) {
        this.ids = ids;
    }

    /** Whether there is nothing to read. */
    boolean isEmpty() {
        return texts.isEmpty();
    }

    Optional<SpilledText> find(String handle) {
        return Optional.ofNullable(texts.get(handle));
    }

    /**
     * Keeps a text under a handle that no other run has.
     *
     * @param most bytes of it that are kept; the rest is dropped
     * @throws IOException if it cannot be written, or the run has ended; nothing is left of it then
     */
    SpilledText keep(String text, long most) throws IOException {
        var file = newFile();
        try {
            write(text, Utf8.end(text, most), file);
            var spilled =
                    new SpilledText(
                            ids.hex(HANDLE_DIGITS), file, Files.size(file), Utf8.length(text));
            texts.put(spilled.handle(), spilled);
            return spilled;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private Path newFile() throws IOException {
        lock.lock();
        try {
            if (closed) throw new IOException("the run has ended");
            if (folder == null) folder = Files.createTempDirectory("skein-run-");
            // Both are for their owner alone; the platform sees to it.
            return Files.createTempFile(folder, "output-", ".txt");
        } finally {
            lock.unlock();
        }
    }

    /** Piece by piece, for the text may be most of what the heap has room for. */
    private static void write(String text, int end, Path file) throws IOException {
        var piece = new char[PIECE];
        // Not a channel: an interrupt would close it in the middle.
        try (var out =
                new OutputStreamWriter(
                        new FileOutputStream(file.toFile()), StandardCharsets.UTF_8)) {
            for (int from = 0; from < end; from += PIECE) {
                int to = Math.min(from + PIECE, end);
                text.getChars(from, to, piece, 0);
                out.write(piece, 0, to - from);
            }
        }
    }

    /** Removes everything that was kept. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            texts.clear();
            if (folder != null && Files.exists(folder)) remove(folder);
        } finally {
            lock.unlock();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
