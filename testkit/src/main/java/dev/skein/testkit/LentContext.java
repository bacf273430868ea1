package dev.skein.testkit;

import dev.skein.model.ProviderContext;
import dev.skein.model.TokenEstimator;
import dev.skein.policy.Environment;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What a runtime lends to models, without one. Closing it closes what was shared, last made first.
 */
final class LentContext implements ProviderContext, AutoCloseable {
    private final Environment environment;
    private final TransportLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Class<?>, AutoCloseable> shared = new HashMap<>();
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    LentContext(Map<String, String> environment, TransportLimits limits) {
        this.environment = Environment.of(environment);
        this.limits = limits;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public Timekeeper time() {
        return Timekeeper.system();
    }

    @Override
    public TransportLimits limits() {
        return limits;
    }

    @Override
    public TokenEstimator estimator() {
        return TokenEstimator.bytes();
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> make) {
        lock.lock();
        try {
            var known = shared.get(type);
            if (known != null) return type.cast(known);
            var fresh = make.get();
            shared.put(type, fresh);
            made.push(fresh);
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        for (var thing = made.poll(); thing != null; thing = made.poll()) close(thing);
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("What models share cannot be closed: " + thing, e);
        }
    }
}
