package dev.skein.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What an agent that thinks elsewhere was told and has not seen, in order. Thread-safe. */
final class Told {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Letter> unseen = new LinkedHashMap<>();

    void add(Letter letter) {
        lock.lock();
        try {
            unseen.put(letter.id(), letter);
        } finally {
            lock.unlock();
        }
    }

    @Nullable Letter find(String id) {
        lock.lock();
        try {
            return unseen.get(id);
        } finally {
            lock.unlock();
        }
    }

    /** It has seen that one; null: it had before. */
    @Nullable Letter seen(String id) {
        lock.lock();
        try {
            return unseen.remove(id);
        } finally {
            lock.unlock();
        }
    }

    List<Letter> all() {
        lock.lock();
        try {
            return List.copyOf(unseen.values());
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        return all().isEmpty();
    }
}
