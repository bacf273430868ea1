package dev.skein.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A temporary folder of ours, gone with all that is in it when it is closed. */
record Folder(Path path) implements AutoCloseable {
    static Folder temporary() throws IOException {
        return new Folder(Files.createTempDirectory("bench-"));
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        }
    }
}
