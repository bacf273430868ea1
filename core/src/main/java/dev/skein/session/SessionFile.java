package dev.skein.session;

import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.json.Json;
import java.io.ByteArrayOutputStream;
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
     * Writes a record behind that one, or as the first change; returns it.
     *
     * @param metadata of the session after it
     */
    Tail append(@Nullable Tail tail, byte[] text, Map<String, Json> metadata) throws IOException {
        var head = Frame.Head.of(tail == null ? 1 : tail.version() + 1, text);
        var bytes = new ByteArrayOutputStream();
        if (tail == null) bytes.writeBytes(first());
        long start = (tail == null ? 0 : tail.end()) + bytes.size();
        bytes.writeBytes(Frame.bytes(head, text));
        var path = SessionFolder.made(path());
        if (tail == null) folder.disk().force(folder.path());
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            write(file, tail == null ? 0 : tail.end(), bytes.toByteArray());
        }
        return new Tail(start, head, metadata);
    }

    private void write(RandomAccessFile file, long at, byte[] bytes) throws IOException {
        if (file.length() > at) cut(file, at);
        file.seek(at);
        try {
            folder.disk().write(file, bytes);
            folder.disk().force(file);
        } catch (IOException e) {
            cutAfter(e, file, at);
            throw e;
        }
    }

    private void cut(RandomAccessFile file, long at) throws IOException {
        file.setLength(at);
        folder.disk().force(file);
    }

    /** If that fails too, whoever writes next does it: the record is not whole. */
    private void cutAfter(IOException failed, RandomAccessFile file, long at) {
        try {
            cut(file, at);
        } catch (IOException e) {
            failed.addSuppressed(e);
        }
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

    /** False if there was no session; deletes a damaged one too. */
    boolean delete() throws IOException {
        boolean found = found();
        Files.deleteIfExists(folder.part(id));
        if (Files.deleteIfExists(path())) folder.disk().force(folder.path());
        return found;
    }

    private boolean found() throws IOException {
        try {
            var tail = tail(null);
            return tail != null && tail.version() > 0;
        } catch (SkeinException e) {
            if (e.failure() instanceof StoreFailure.Damaged) return true;
            throw e;
        }
    }

    private byte[] first() {
        var text = FrameText.of(key);
        return Frame.bytes(Frame.Head.of(0, text), text);
    }

    private Path path() {
        return folder.file(id);
    }
}
