package dev.skein.session;

import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The ends of the files that were used last, so that adding to one does not mean reading it. They
 * are no more than a hint: others write to these files.
 */
final class Tails {
    private static final int MOST = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Tail> byId = new LinkedHashMap<>(16, 0.75f, true);

    @Nullable Tail known(String id) {
        lock.lock();
        try {
            return byId.get(id);
        } finally {
            lock.unlock();
        }
    }

    /** Null forgets it. */
    void remember(String id, @Nullable Tail tail) {
        lock.lock();
        try {
            if (tail == null) byId.remove(id);
            else byId.put(id, tail);
            if (byId.size() > MOST) byId.pollFirstEntry();
        } finally {
            lock.unlock();
        }
    }
}
