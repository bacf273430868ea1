package dev.skein.runtime;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An output in a file.
 *
 * @param kept bytes of it that are in the file
 * @param size bytes that it had
 */
record SpilledText(String handle, Path file, long kept, long size) {
    private static final int LONGEST_CHARACTER = 4;

    /** A part; both ends are between characters. */
    record Part(long from, long to, String text) {}

    /**
     * The part that begins with the first character at or behind {@code offset} and has at most
     * {@code most} bytes, but one character at least.
     */
    Part part(long offset, int most) throws IOException {
        var bytes = bytes(offset, most + 2 * LONGEST_CHARACTER);
        int start = next(bytes, 0);
        int end = Math.min(most, bytes.length);
        while (end < bytes.length && end > start && Utf8.goesOn(bytes[end])) end--;
        if (end <= start) end = next(bytes, start + 1);
        var text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        return new Part(offset + start, offset + end, text);
    }

    /** Where the first character begins at or behind that byte. */
    private static int next(byte[] bytes, int from) {
        int next = Math.min(from, bytes.length);
        while (next < bytes.length && Utf8.goesOn(bytes[next])) next++;
        return next;
    }

    private byte[] bytes(long offset, int most) throws IOException {
        int length = (int) Math.max(0, Math.min(most, kept - offset));
        var bytes = new byte[length];
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.min(offset, kept));
            in.readFully(bytes);
        }
        return bytes;
    }
}
