package dev.skein.view;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a file that have their end. One that is not written whole yet is read when it
 * is.
 */
final class WholeLines implements AutoCloseable {
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    WholeLines(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** The next line without its end, or null: there is none yet. */
    byte @Nullable [] next() throws IOException {
        for (int one = in.read(); one >= 0; one = in.read()) {
            if (one == '\n') return taken();
            line.write(one);
        }
        return null;
    }

    private byte[] taken() {
        var bytes = line.toByteArray();
        line.reset();
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
