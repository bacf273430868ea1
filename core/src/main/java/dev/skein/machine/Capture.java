package dev.skein.machine;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the beginning and the end of what a stream brings, and, as soon as that is not all of it,
 * the whole in a file. One thread brings; another one takes the result when it likes.
 */
final class Capture implements AutoCloseable {
    static final long MOST_BYTES = 64L << 20;

    private static final System.Logger LOG = System.getLogger("dev.skein.machine");
    private static final int TAIL_SHARE = 4;
    private static final int FIRST = 1 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Spill spill;
    private final int headSize;
    private byte[] head = new byte[FIRST];
    private final byte[] tail;
    private long bytes;
    private @Nullable FileOutputStream file;
    private @Nullable String rest;
    private boolean closed;

    /** Makes the file, when there is one to make. */
    interface Spill {
        Path file() throws IOException;
    }

    Capture(long cap, Spill spill) {
        this.spill = spill;
        this.tail = new byte[(int) (cap / TAIL_SHARE)];
        this.headSize = (int) cap - tail.length;
    }

    /** Takes the first so many bytes of it; false: it was too much. */
    boolean take(byte[] chunk, int length) {
        lock.lock();
        try {
            if (closed) return true;
            if (bytes <= kept() && bytes + length > kept()) open();
            write(chunk, (int) Math.min(length, MOST_BYTES - bytes));
            int headed = (int) Math.min(length, Math.max(0, headSize - bytes));
            if (headed > 0) toHead(chunk, headed);
            toTail(chunk, headed, length - headed);
            bytes += length;
            return bytes <= MOST_BYTES;
        } finally {
            lock.unlock();
        }
    }

    private long kept() {
        return (long) headSize + tail.length;
    }

    private void toHead(byte[] chunk, int length) {
        int end = (int) bytes + length;
        if (end > head.length)
            head = Arrays.copyOf(head, Math.min(headSize, Math.max(end, 2 * head.length)));
        System.arraycopy(chunk, 0, head, (int) bytes, length);
    }

    /** A ring: the byte that came as the n-th behind the head is at n modulo its length. */
    private void toTail(byte[] chunk, int from, int length) {
        int skipped = Math.max(0, length - tail.length);
        for (int i = from + skipped; i < from + length; i++)
            tail[(int) ((bytes + i - headSize) % tail.length)] = chunk[i];
    }

    private void open() {
        try {
            var path = spill.file();
            file = new FileOutputStream(path.toFile());
            rest = path.toString();
            write(head, (int) Math.min(bytes, headSize));
            var last = last();
            write(last, last.length);
        } catch (IOException e) {
            giveUp(e);
        }
    }

    private void write(byte[] chunk, int length) {
        var out = file;
        if (out == null || length <= 0) return;
        try {
            out.write(chunk, 0, length);
        } catch (IOException e) {
            giveUp(e);
        }
    }

    /** The command goes on: it is not its fault. */
    private void giveUp(IOException e) {
        LOG.log(System.Logger.Level.WARNING, "what a command wrote cannot be kept", e);
        closeFile();
        rest = null;
    }

    /** What came last and is not in the head. */
    private byte[] last() {
        int length = Math.clamp(bytes - headSize, 0, tail.length);
        var last = new byte[length];
        for (int i = 0; i < length; i++)
            last[i] = tail[(int) ((bytes - headSize - length + i) % tail.length)];
        return last;
    }

    /** What has come until now, with a line of our own behind it if it is not empty. */
    Captured captured(String note) {
        lock.lock();
        try {
            var first = Arrays.copyOf(head, (int) Math.min(bytes, headSize));
            boolean cut = bytes > kept();
            var text = cut ? shortened(first, last()) : text(joined(first, last()));
            return new Captured(text + line(text, note), bytes, cut, rest);
        } finally {
            lock.unlock();
        }
    }

    private static String line(String text, String note) {
        if (note.isEmpty()) return "";
        return text.isEmpty() || text.endsWith("\n") ? note : "\n" + note;
    }

    private String shortened(byte[] first, byte[] last) {
        int end = Characters.end(first);
        int start = Characters.start(last);
        long left = bytes - end - (last.length - start);
        return new String(first, 0, end, StandardCharsets.UTF_8)
                + "\n[… "
                + left
                + " bytes left out …]\n"
                + new String(last, start, last.length - start, StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] last) {
        var all = Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, all, first.length, last.length);
        return all;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void closeFile() {
        var out = file;
        file = null;
        if (out == null) return;
        try {
            out.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "what a command wrote cannot be kept", e);
        }
    }

    /** Takes nothing any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closeFile();
        } finally {
            lock.unlock();
        }
    }
}
