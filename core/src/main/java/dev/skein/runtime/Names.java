package dev.skein.runtime;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.name.NameRule;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The names of the live sessions and children of one scope. */
final class Names {
    private final String path;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> live = new HashMap<>();
    private final Map<String, Integer> incarnations = new HashMap<>();

    Names(String path) {
        this.path = path;
    }

    /**
     * Takes the name.
     *
     * @return how many have had it, this one included
     * @throws SkeinException with {@code invalid.name}, or {@code conflict.name} if it is in use
     */
    int take(String name) {
        return taken(NameRule.checked(name));
    }

    /** As {@link #take} for the number of a branch below a name that was taken. */
    int taken(String name) {
        var key = NameRule.key(name);
        lock.lock();
        try {
            var bearer = live.putIfAbsent(key, name);
            if (bearer != null)
                throw new SkeinException(
                        new Conflict.Name(
                                "live sessions and children of '" + path + "'", bearer, name));
            return incarnations.merge(key, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    void free(String name) {
        lock.lock();
        try {
            live.remove(NameRule.key(name));
        } finally {
            lock.unlock();
        }
    }
}
