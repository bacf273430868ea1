package dev.skein.event;

import java.time.Duration;
import java.util.Optional;

/**
 * Has entries of runs that a journal keeps no longer. It follows the journal at its own pace. Every
 * method may be called from any thread.
 */
public interface Archive {
    /**
     * Waits until everything up to that {@code seq} is in it that ever will be; false: the time
     * passed.
     */
    boolean await(long seq, Duration limit) throws InterruptedException;

    /** The {@code seq} up to which it has everything that it will have. */
    long written();

    /** What it has of that root run and all below it; empty if it keeps nothing of it. */
    Optional<Recording> open(String root);

    /** Entries in their order; for one thread. What it lacks among them is an {@link Event.Gap}. */
    interface Recording extends AutoCloseable {
        /**
         * The next entry, after that {@code seq}; empty if there is none yet.
         *
         * @throws dev.skein.failure.SkeinException with {@code store.damaged} if it cannot be read
         */
        Optional<Entry> next(long after);

        @Override
        void close();
    }
}
