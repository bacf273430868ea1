package dev.skein.machine;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A command that is talked to while it runs. Both outputs must be read, or the command stops when
 * the system's buffer is full. A read blocks its platform thread, as reads of pipes do in Java:
 * with more than 200 of these give the readers platform threads.
 *
 * <p>When the command itself ends, what it left running is ended too.
 */
public interface LiveExec extends AutoCloseable {
    OutputStream in();

    InputStream out();

    InputStream err();

    long pid();

    /**
     * Waits for its end; ends it, with all that it started, when the time has passed. An interrupt
     * only ends the waiting.
     *
     * @return with empty streams: they are the caller's
     */
    ExecResult await(Duration limit) throws InterruptedException;

    /** Ends it with all that it started, and waits for that. Idempotent. */
    @Override
    void close();
}
