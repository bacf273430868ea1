package dev.skein.runtime;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Closes a runtime that has workflows when the Java machine is told to end. */
final class Shutdown {
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final AgentRuntime runtime;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread hook;

    Shutdown(AgentRuntime runtime) {
        this.runtime = runtime;
    }

    void arm() {
        lock.lock();
        try {
            if (hook != null) return;
            var fresh = new Thread(() -> runtime.close(GRACE), "skein-shutdown");
            Runtime.getRuntime().addShutdownHook(fresh);
            hook = fresh;
        } catch (IllegalStateException e) {
            return; // it is ending already; the runtime is closed by whoever opened it
        } finally {
            lock.unlock();
        }
    }

    void disarm() {
        lock.lock();
        try {
            if (hook == null) return;
            Runtime.getRuntime().removeShutdownHook(hook);
            hook = null;
        } catch (IllegalStateException e) {
            hook = null; // it is ending, and the hook may be what closes the runtime
        } finally {
            lock.unlock();
        }
    }
}
