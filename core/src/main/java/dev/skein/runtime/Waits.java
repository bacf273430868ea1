package dev.skein.runtime;

import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom among those that do one thing at a time: a wait that could never end is
 * refused at once. An edge goes from the one whose handler waits to the one that it waits for.
 */
final class Waits {
    private final ReentrantLock lock = new ReentrantLock();
    private final IdentityHashMap<Busy, List<Busy>> edges = new IdentityHashMap<>();

    /** One that does a thing at a time: a session with its handlers, the endpoints of a scope. */
    static final class Busy {
        private final String name;

        Busy(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }
    }

    /** Lasts until closed. */
    interface Waiting extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * The current thread is about to wait.
     *
     * @param from whose handler it carries out; null: nobody's
     * @throws SkeinException with {@code limit.cycle} and the chain
     */
    Waiting enter(@Nullable Busy from, Busy target) {
        if (from == null) return () -> {};
        lock.lock();
        try {
            var chain = new ArrayList<Busy>();
            if (reaches(target, from, chain)) throw cycle(from, chain);
            edges.computeIfAbsent(from, _ -> new ArrayList<>()).add(target);
        } finally {
            lock.unlock();
        }
        return () -> leave(from, target);
    }

    private void leave(Busy from, Busy target) {
        lock.lock();
        try {
            var targets = edges.get(from);
            if (targets == null) return;
            targets.remove(target);
            if (targets.isEmpty()) edges.remove(from);
        } finally {
            lock.unlock();
        }
    }

    private boolean reaches(Busy at, Busy goal, List<Busy> chain) {
        chain.add(at);
        if (at == goal) return true;
        for (var next : edges.getOrDefault(at, List.of()))
            if (!chain.contains(next) && reaches(next, goal, chain)) return true;
        chain.remove(chain.size() - 1);
        return false;
    }

    private static SkeinException cycle(Busy from, List<Busy> chain) {
        var names = new ArrayList<String>();
        names.add(from.name());
        chain.forEach(one -> names.add(one.name()));
        return new SkeinException(new Limit.Cycle(from.name(), names));
    }
}
