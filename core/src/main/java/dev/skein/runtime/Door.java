package dev.skein.runtime;

import dev.skein.failure.Failure;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a scope still takes work. What is begun behind it is begun before it is shut, or not at
 * all. Looking at it takes no lock, so that it can be looked at under any.
 */
final class Door {
    private final String path;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Consumer<Failure>> waiting = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Shut shut;
    private volatile @Nullable Failure lost;

    private record Shut(String how, @Nullable Failure why) {}

    Door(String path) {
        this.path = path;
    }

    /** Short work that makes something which belongs to the scope. */
    <T> T through(Supplier<T> work) {
        lock.lock();
        try {
            check();
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does nothing as long as it is open.
     *
     * @throws SkeinException with {@code run.ended}, or the failure of the session that was lost
     */
    void check() {
        var gone = lost;
        if (gone != null) throw new SkeinException(gone);
        checkNotShut();
    }

    /** As {@link #check()} for what may be said even when a session was lost. */
    void checkNotShut() {
        if (shut != null) throw new SkeinException(ended());
    }

    /** As {@link #through} for what may be said even when a session was lost. */
    <T> T saying(Supplier<T> work) {
        lock.lock();
        try {
            checkNotShut();
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    boolean isShut() {
        return shut != null;
    }

    /** Nothing new from now on. The first reason counts. */
    void shut(String how, @Nullable Failure why) {
        lock.lock();
        try {
            if (shut == null) shut = new Shut(how, why);
        } finally {
            lock.unlock();
        }
    }

    /** Everything that goes through from now on fails so; what waits is told. */
    void lose(Failure failure) {
        lock.lock();
        try {
            if (lost != null) return;
            lost = failure;
        } finally {
            lock.unlock();
        }
        waiting.forEach(one -> one.accept(failure));
    }

    /** Calls it, short, if something is lost until the waiting is closed. */
    Waits.Waiting listen(Consumer<Failure> told) {
        waiting.add(told);
        var gone = lost;
        if (gone != null) told.accept(gone);
        return () -> waiting.remove(told);
    }

    Failure ended() {
        var known = shut;
        return known == null
                ? new RunFailure.Ended(path, "it is ending", null)
                : new RunFailure.Ended(path, known.how(), known.why());
    }
}
