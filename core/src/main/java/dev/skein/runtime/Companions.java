package dev.skein.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.ServiceLoader;
import java.util.concurrent.locks.ReentrantLock;

/** What accompanies a runtime from its first workflow on. */
final class Companions implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.skein.runtime");

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean begun;

    /** Once. */
    void start(AgentRuntime runtime) {
        lock.lock();
        try {
            if (begun) return;
            begun = true;
        } finally {
            lock.unlock();
        }
        for (var companion : ServiceLoader.load(Companion.class)) start(companion, runtime);
    }

    private void start(Companion companion, AgentRuntime runtime) {
        try {
            keep(companion.accompany(runtime));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "the runtime goes without " + companion, e);
        }
    }

    private void keep(AutoCloseable one) {
        lock.lock();
        try {
            started.push(one);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            begun = true;
        } finally {
            lock.unlock();
        }
        for (var one = started.poll(); one != null; one = started.poll())
            new Closing("what accompanied the runtime").close(one);
    }
}
