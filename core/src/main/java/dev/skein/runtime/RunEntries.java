package dev.skein.runtime;

import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Origin;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import java.util.concurrent.locks.StampedLock;

/** The facts of one run in the journal: behind its end there is none. */
final class RunEntries {
    private final Engine engine;
    private final Origin origin;
    private final StampedLock lock = new StampedLock();
    private boolean over;

    RunEntries(Engine engine, Origin origin) {
        this.engine = engine;
        this.origin = origin;
    }

    /**
     * Appends it.
     *
     * @throws SkeinException with {@code run.ended} if the run has ended: it was left behind
     */
    Entry append(Event event) {
        long stamp = lock.readLock();
        try {
            if (over)
                throw new SkeinException(
                        new RunFailure.Ended(origin.path(), "it was left behind", null));
            return engine.append(origin, event);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Appends the last one. */
    void appendEnd(Event event) {
        long stamp = lock.writeLock();
        try {
            over = true;
            engine.append(origin, event);
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
