package dev.skein.session;

import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file of one session: its key, then its changes in the order in which they were made. It only
 * grows, but for a record at its end that was not written whole, and but for {@link #replace}.
 *
 * @param id what the file is named by
 */
record SessionFile(SessionFolder folder, String id, SessionKey key) {
    /**
     * A hash of the key, whatever it consists of. Of its characters, not of UTF-8, in which halves
     * of surrogate pairs would all be the same.
     */
    static String id(SessionKey key) {
        var text = key.text();
        var bytes = ByteBuffer.allocate(2 * text.length());
        bytes.asCharBuffer().put(text);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Adds all records to the history.
     *
     * @return the last one, or null if there is none
     */
    @Nullable Tail read(History history) throws IOException {
        var opened = FrameReader.open(path());
        if (opened.isEmpty()) return null;
        try (var reader = opened.get()) {
            var found = reader.key();
            if (found.isPresent() && !found.get().equals(key))
                throw reader.damaged(0, "it is the one of " + found.get().text());
            return reader.readInto(history);
        }
    }

    /**
     * The last record, or null if there is none.
     *
     * @param known what it was before; if it is there still, only what follows it is read
     */
    @Nullable Tail tail(@Nullable Tail known) throws IOException {
        if (known != null) {
            var opened = FrameReader.open(path());
            if (opened.isEmpty()) return null;
            try (var reader = opened.get()) {
                if (reader.skipTo(known))
                    return reader.readInto(History.after(known.version(), known.metadata()));
            }
        }
        return read(History.after(0, Map.of()));
    }

    /**
     * Puts a file with nothing but that record in the place of this one; returns it.
     *
     * @param metadata of the session after it
     */
    Tail replace(long version, byte[] text, Map<String, Json> metadata) throws IOException {
        var first = first();
        var head = Frame.Head.of(version, text);
        var part = folder.part(id);
        Files.deleteIfExists(part);
        try {
            try (var file = new RandomAccessFile(SessionFolder.made(part).toFile(), "rw")) {
                folder.disk().write(file, first);
                folder.disk().write(file, Frame.bytes(head, text));
                folder.disk().force(file);
            }
            Files.move(part, path(), StandardCopyOption.ATOMIC_MOVE);
            folder.disk().force(folder.path());
        } finally {
            Files.deleteIfExists(part);
        }
        return new Tail(first.length, head, metadata);
    }

    /**
     * False if there was no session; deletes a damaged one too.
     *
     * @param known what its last record was before, as far as that is known
     */
    boolean delete(@Nullable Tail known) throws IOException {
        boolean found = found(known);
        Files.deleteIfExists(folder.part(id));
        if (Files.deleteIfExists(path())) folder.disk().force(folder.path());
        return found;
    }

    private boolean found(@Nullable Tail known) throws IOException {
        try {
            var tail = tail(known);
            return tail != null && tail.version() > 0;
        } catch (SkeinException e) {
            if (e.failure() instanceof StoreFailure.Damaged) return true;
            throw e;
        }
    }

    /** The record at the beginning of the file. */
    byte[] first() {
        var text = FrameText.of(key);
        return Frame.bytes(Frame.Head.of(0, text), text);
    }

    Path path() {
        return folder.file(id);
    }
}
