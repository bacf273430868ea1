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
 * all.
 */
final class Door {
    private final String path;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Consumer<Failure>> waiting = ConcurrentHashMap.newKeySet();
    private @Nullable String shut;
    private @Nullable Failure because;
    private @Nullable Failure lost;

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
        lock.lock();
        try {
            if (lost != null) throw new SkeinException(lost);
            checkNotShut();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #check()} for what may be said even when a session was lost. */
    void checkNotShut() {
        lock.lock();
        try {
            if (shut != null) throw new SkeinException(ended());
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            return shut != null;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing new from now on. The first reason counts. */
    void shut(String how, @Nullable Failure why) {
        lock.lock();
        try {
            if (shut == null) because = why;
            if (shut == null) shut = how;
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
        lock.lock();
        try {
            if (lost != null) told.accept(lost);
        } finally {
            lock.unlock();
        }
        return () -> waiting.remove(told);
    }

    Failure ended() {
        return new RunFailure.Ended(path, shut == null ? "it is ending" : shut, because);
    }
}
