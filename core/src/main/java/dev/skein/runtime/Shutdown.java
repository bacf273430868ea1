package dev.skein.runtime;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Closes a runtime that has workflows when the Java machine is told to end. Who says it twice does
 * not want to wait for that.
 */
final class Shutdown {
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
            var fresh = new Thread(this::close, "skein-shutdown");
            Runtime.getRuntime().addShutdownHook(fresh);
            hook = fresh;
        } catch (IllegalStateException e) {
            return; // it is ending already; the runtime is closed by whoever opened it
        } finally {
            lock.unlock();
        }
    }

    private void close() {
        try (var _ = new SecondSignal()) {
            runtime.close(runtime.config().stores().control().grace());
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
