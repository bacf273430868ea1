package dev.skein.machine;

import java.io.InputStream;
import java.util.Map;

/**
 * A place with a shell and files. Thread-safe. What one kind can do and others cannot is an
 * interface of its own, which is asked for with {@code instanceof}.
 *
 * <p>Paths are relative to the {@link #workspace()} or absolute and inside it, 1 to 1,024 bytes. A
 * link on the way is never followed: {@code machine.path}. Only regular files of at most 64 MiB are
 * read and written: {@code machine.file}. When the machine has gone or was closed, everything but
 * {@link #close()} and what it says of itself is {@code machine.lost}.
 */
public interface Machine extends AutoCloseable {
    /** The most bytes of a file. */
    long FILE_BYTES = 64L << 20;

    /** As {@link Place#name()} says. */
    String name();

    /** {@code local}, {@code sandbox}, {@code container}, {@code ssh} or {@code vm}. */
    String kind();

    /** What people are to know of it. Holds no secret. */
    Map<String, String> describe();

    /** The absolute path of its folder, as its own processes see it. */
    String workspace();

    /**
     * Runs a command and waits for its end; then nothing that it started is left. At most 32 run at
     * once, more wait in order. An interrupt ends the command and all that it started. A non-zero
     * exit is no failure.
     */
    ExecResult exec(Exec exec) throws InterruptedException;

    /** Starts a command that is talked to while it runs. The caller closes it. */
    LiveExec start(Exec exec) throws InterruptedException;

    /** The bytes of a file. The caller closes the stream. */
    InputStream read(String path);

    /** What is there. */
    FileStat stat(String path);

    /** Writes with mode 0644. */
    default void write(String path, InputStream bytes) {
        write(path, bytes, FileStat.STANDARD_MODE);
    }

    /**
     * Makes or replaces a file, and the folders above it. Readers see the old bytes or the new
     * ones. Does not close the stream.
     *
     * @param mode permissions such as {@code 0644}; no set-id or sticky bit
     */
    void write(String path, InputStream bytes, int mode);

    /**
     * Ends everything that runs in it, then removes what its image made. Idempotent; takes 10 s at
     * most.
     *
     * @throws dev.skein.failure.SkeinException with {@code machine.lost} if something of it is left
     */
    @Override
    void close();
}
