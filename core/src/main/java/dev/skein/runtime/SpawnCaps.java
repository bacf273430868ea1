package dev.skein.runtime;

import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.policy.DelegationLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the runs that models asked for, per parent and per root. Counts are never given back while
 * the root lives.
 */
final class SpawnCaps {
    private final DelegationLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> counts = new HashMap<>();

    SpawnCaps(DelegationLimits limits) {
        this.limits = limits;
    }

    void take(LiveRun<?> run) {
        var origin = run.origin();
        var parent = "children of " + origin.parent();
        var root = "descendants of " + origin.root();
        lock.lock();
        try {
            if (counts.getOrDefault(parent, 0) >= limits.children())
                throw new SkeinException(new Limit.Spawns(parent, limits.children()));
            if (counts.getOrDefault(root, 0) >= limits.descendants())
                throw new SkeinException(new Limit.Spawns(root, limits.descendants()));
            counts.merge(parent, 1, Integer::sum);
            counts.merge(root, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /** The run is over and can have no more children. */
    void forget(LiveRun<?> run) {
        lock.lock();
        try {
            if (counts.isEmpty()) return;
            counts.remove("children of " + run.id());
            counts.remove("descendants of " + run.id());
        } finally {
            lock.unlock();
        }
    }
}
