package dev.skein.event;

import java.time.InstantSource;
import java.util.Optional;

/** The ordered record of facts of one runtime. Every method may be called from any thread. */
public interface Journal extends AutoCloseable {
    /** Appends and waits until the entry is as durable as the journal promises. */
    Entry append(Origin origin, Event event) throws InterruptedException;

    /** Keeps a text that entries of that run refer to; the same text twice is kept once. */
    Ref keep(String run, String mediaType, String text) throws InterruptedException;

    /** The kept text, or empty if it was never kept or is gone with its run. */
    Optional<String> content(Ref ref);

    /**
     * A reader that starts after the cursor. It pulls; nothing is ever pushed at it. The caller
     * closes it.
     */
    EventReader read(Cursor from);

    /** The {@code seq} of the last entry; 0 when there is none. */
    long last();

    /** The {@code number} of the run's last entry; 0 when there is none. */
    long last(String run);

    /** The entry of that number of the run, or empty if it never was or is gone. */
    Optional<Entry> entry(String run, long number);

    /**
     * Readers of runs find there what the journal keeps no longer. A journal that keeps everything
     * needs none.
     */
    default void archive(Archive archive) {}

    /** Ends waiting readers. What is in memory only is gone. */
    @Override
    void close();

    /**
     * Keeps 100,000 entries and 256 MiB; beyond that finished runs go first, oldest first, then the
     * oldest entries of open ones. What its archive does not have yet may take as much again.
     */
    static Journal inMemory(InstantSource clock) {
        return inMemory(clock, 100_000, 256L << 20);
    }

    /** As {@link #inMemory(InstantSource)} with that many entries and bytes. */
    static Journal inMemory(InstantSource clock, int maxEntries, long maxBytes) {
        return new MemoryJournal(clock, maxEntries, maxBytes);
    }
}
