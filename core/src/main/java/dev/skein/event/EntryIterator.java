package dev.skein.event;

import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A reader as a loop sees it. */
final class EntryIterator implements Iterator<Entry> {
    private static final Duration LONG = Duration.ofDays(1);

    private final EventReader reader;
    private @Nullable Entry next;

    EntryIterator(EventReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && !reader.ended()) next = reader.next(LONG).orElse(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(
                    new RunFailure.Canceled("the reader", "its thread was interrupted"), e);
        }
        return next != null;
    }

    @Override
    public Entry next() {
        if (!hasNext()) throw new NoSuchElementException("all entries were read");
        var entry = next;
        next = null;
        if (entry == null) throw new NoSuchElementException("all entries were read");
        return entry;
    }
}
