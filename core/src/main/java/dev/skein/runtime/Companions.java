package dev.skein.runtime;

import dev.skein.failure.Invalid;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.machine.Processes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.locks.ReentrantLock;

/** What accompanies a runtime from its first workflow on. */
final class Companions implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.skein.runtime");

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Processes processes;
    private boolean begun;

    /**
     * @param processes one that keeps a book is told of them
     */
    Companions(Processes processes) {
        this.processes = processes;
    }

    /**
     * Once.
     *
     * @throws SkeinException if control is required and there is none
     */
    void start(AgentRuntime runtime) {
        lock.lock();
        try {
            if (begun) return;
            begun = true;
        } finally {
            lock.unlock();
        }
        for (var companion : ServiceLoader.load(Companion.class)) start(companion, runtime);
        if (required(runtime) && isEmpty())
            throw new SkeinException(
                    new Invalid.Config(
                            List.of(
                                    "stores.control.requireControl: nothing on the path serves"
                                            + " control; add skein-server")));
    }

    private static boolean required(AgentRuntime runtime) {
        return runtime.config().stores().control().requireControl();
    }

    private void start(Companion companion, AgentRuntime runtime) {
        try {
            var one = companion.accompany(runtime);
            keep(one);
            if (one instanceof Processes.Book book) processes.note(book);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var why = new RunFailure.Canceled("the caller", "its thread was interrupted");
            if (required(runtime)) throw new SkeinException(why, e);
        } catch (SkeinException e) {
            if (required(runtime)) throw e;
            var said = "this runtime cannot be seen or steered from outside: " + e.getMessage();
            LOG.log(System.Logger.Level.WARNING, said);
        } catch (Exception e) {
            if (required(runtime))
                throw new SkeinException(Failures.of("The companion", e, "runtime"), e);
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

    private boolean isEmpty() {
        lock.lock();
        try {
            return started.isEmpty();
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
