package dev.skein.harnesses.link;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** The last 20 lines of what a program prints, at most 8 KiB. Thread-safe. */
final class LastLines {
    private static final int LINES = 20;
    private static final int BYTES = 8 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private byte[] kept = new byte[0];

    void add(byte[] chunk, int length) {
        lock.lock();
        try {
            var all = Arrays.copyOf(kept, kept.length + length);
            System.arraycopy(chunk, 0, all, kept.length, length);
            kept = Arrays.copyOfRange(all, Math.max(0, all.length - BYTES), all.length);
        } finally {
            lock.unlock();
        }
    }

    /** With control characters as they are written in Java, but for the ends of lines. */
    String text() {
        lock.lock();
        try {
            var lines = new String(kept, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                    .map(LastLines::shown)
                    .collect(Collectors.joining("\n"));
        } finally {
            lock.unlock();
        }
    }

    private static String shown(String line) {
        var shown = new StringBuilder();
        line.codePoints()
                .forEach(point -> {
                    if (isPlain(point)) shown.appendCodePoint(point);
                    else shown.append(String.format("\\u%04x", point));
                });
        return shown.toString();
    }

    private static boolean isPlain(int point) {
        boolean control =
                Character.isISOControl(point) || Character.getType(point) == Character.FORMAT;
        return point == '\t' || !control;
    }
}
