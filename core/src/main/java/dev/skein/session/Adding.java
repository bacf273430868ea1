package dev.skein.session;

import dev.skein.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session's file while a record is added to it: opened once, if it is there. Used by the thread
 * that is alone with it.
 */
final class Adding implements AutoCloseable {
    private final SessionFile file;
    private final @Nullable Tail tail;
    private @Nullable RandomAccessFile opened;

    private Adding(SessionFile file, @Nullable RandomAccessFile opened, @Nullable Tail tail) {
        this.file = file;
        this.opened = opened;
        this.tail = tail;
    }

    /**
     * Opens the file, if there is one, and finds its last record.
     *
     * @param known what that was before, as far as it is known
     */
    static Adding to(SessionFile file, @Nullable Tail known) throws IOException {
        if (!Files.exists(file.path())) return new Adding(file, null, null);
        var opened = new RandomAccessFile(file.path().toFile(), "rw");
        try {
            var last = known != null && isLast(opened, known) ? known : file.tail(known);
            return new Adding(file, opened, last);
        } catch (IOException | RuntimeException e) {
            try (opened) {
                throw e;
            }
        }
    }

    /** Whether the file ends with that record; if it does, nothing was added or replaced since. */
    private static boolean isLast(RandomAccessFile opened, Tail known) throws IOException {
        if (opened.length() != known.end()) return false;
        var head = new byte[Frame.Head.SIZE];
        opened.seek(known.start());
        opened.readFully(head);
        return known.head().equals(Frame.Head.read(head).orElse(null));
    }

    /** The last record, or null if there is none. */
    @Nullable Tail tail() {
        return tail;
    }

    /**
     * Writes a record behind the last one, or as the first change; returns it.
     *
     * @param metadata of the session after it
     */
    Tail add(byte[] text, Map<String, Json> metadata) throws IOException {
        var key = tail == null ? file.first() : new byte[0];
        long at = tail == null ? 0 : tail.end();
        var head = Frame.Head.of(tail == null ? 1 : tail.version() + 1, text);
        var frame = Frame.bytes(head, text);
        write(at, ByteBuffer.allocate(key.length + frame.length).put(key).put(frame).array());
        return new Tail(at + key.length, head, metadata);
    }

    private void write(long at, byte[] bytes) throws IOException {
        var writing = opened == null ? made() : opened;
        if (writing.length() > at) cut(writing, at);
        writing.seek(at);
        try {
            disk().write(writing, bytes);
            disk().force(writing);
        } catch (IOException e) {
            cutAfter(e, writing, at);
            throw e;
        }
    }

    private RandomAccessFile made() throws IOException {
        var path = SessionFolder.made(file.path());
        disk().force(file.folder().path());
        opened = new RandomAccessFile(path.toFile(), "rw");
        return opened;
    }

    private void cut(RandomAccessFile writing, long at) throws IOException {
        writing.setLength(at);
        disk().force(writing);
    }

    /** If that fails too, whoever writes next does it: the record is not whole. */
    private void cutAfter(IOException failed, RandomAccessFile writing, long at) {
        try {
            cut(writing, at);
        } catch (IOException e) {
            failed.addSuppressed(e);
        }
    }

    private Disk disk() {
        return file.folder().disk();
    }

    @Override
    public void close() throws IOException {
        if (opened != null) opened.close();
    }
}
