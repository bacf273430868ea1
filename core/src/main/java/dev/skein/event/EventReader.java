package dev.skein.event;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a journal at its own pace; for one thread. A slow reader delays nobody. */
public interface EventReader extends Iterable<Entry>, AutoCloseable {
    /**
     * The next entry, waiting at most that long; empty when the time passed or the end was reached:
     * {@link #ended()} tells.
     */
    Optional<Entry> next(Duration limit) throws InterruptedException;

    /**
     * The next entry of that kind that satisfies the test, waiting at most that long; others are
     * skipped.
     */
    <E extends Event> Optional<E> first(Class<E> type, Predicate<? super E> where, Duration limit)
            throws InterruptedException;

    /**
     * Nothing will come any more: the run is over and read to its end, or the journal was closed.
     */
    boolean ended();

    /** The {@code seq} (of a run: the {@code number}) up to which was read. */
    long position();

    /** How many entries were gone before they could be read. */
    long missing();

    /**
     * The entries as they come, waiting for each, until the end.
     *
     * @throws dev.skein.failure.SkeinException with {@code run.canceled} if the thread is
     *     interrupted, which it still is then
     */
    @Override
    default Iterator<Entry> iterator() {
        return new EntryIterator(this);
    }

    @Override
    void close();
}
