package dev.skein.view;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file that have their end; one that was not written whole is not read. */
final class WholeLines implements AutoCloseable {
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    WholeLines(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** The next line without its end, or null. */
    byte @Nullable [] next() throws IOException {
        line.reset();
        for (int one = in.read(); one >= 0; one = in.read()) {
            if (one == '\n') return line.toByteArray();
            line.write(one);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
