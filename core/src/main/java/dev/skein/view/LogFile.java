package dev.skein.view;

import dev.skein.home.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that grows, and is rolled before it becomes too large: {@code events.jsonl} is
 * renamed to {@code events.1.jsonl}, the next to {@code events.2.jsonl}. Lines are collected and
 * written together.
 */
final class LogFile {
    static final String SUFFIX = ".jsonl";

    private static final Pattern ROLLED = Pattern.compile("events\\.(\\d{1,9})\\.jsonl");
    private static final int COLLECTED = 4 << 20;

    private final Path path;
    private final long limit;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private long written;
    private int rolled;

    /** A file that was rolled. */
    record Rolled(Path path, long bytes) {}

    LogFile(Path path, long limit) {
        this.path = path;
        this.limit = limit;
    }

    static Path numbered(Path path, int number) {
        var name = path.getFileName().toString();
        var stem = name.substring(0, name.length() - SUFFIX.length());
        return path.resolveSibling(stem + "." + number + SUFFIX);
    }

    /** The number in the name of a file of events that was rolled; null for others. */
    private static @Nullable Integer number(String name) {
        var match = ROLLED.matcher(name);
        return match.matches() ? Integer.valueOf(match.group(1)) : null;
    }

    /**
     * The numbers, in order, of the files of events in a folder that were rolled after that one.
     */
    static List<Integer> rolledIn(Path folder, int after) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (var all = Files.list(folder)) {
            return all.map(file -> number(file.getFileName().toString()))
                    .filter(number -> number != null && number > after)
                    .sorted()
                    .toList();
        }
    }

    /** Adds a line, which has its end; the file that had no room for it, if one had not. */
    Optional<Rolled> add(byte[] line) throws IOException {
        var full = Optional.<Rolled>empty();
        if (written + collected.size() > 0 && written + collected.size() + line.length > limit) {
            flush();
            full = Optional.of(roll());
        }
        collected.writeBytes(line);
        if (collected.size() > COLLECTED) flush();
        return full;
    }

    /** Writes what was collected. */
    void flush() throws IOException {
        if (collected.size() == 0) return;
        PrivateFiles.append(path, collected.toByteArray());
        written += collected.size();
        collected.reset();
    }

    private Rolled roll() throws IOException {
        var full = new Rolled(numbered(path, ++rolled), written);
        Files.move(path, full.path(), StandardCopyOption.ATOMIC_MOVE);
        written = 0;
        return full;
    }
}
