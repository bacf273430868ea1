package dev.skein.runtime;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A place where threads are forked and from which nobody leaves before all of them have ended. For
 * one owner thread, which alone forks and joins; anybody may cancel.
 */
final class Nursery<T> implements AutoCloseable {
    private final String name;
    private final UnaryOperator<Callable<T>> binding;
    private final Queue<Fork<T>> forks = new ConcurrentLinkedQueue<>();

    private int count;

    private record Fork<T>(FutureTask<T> task, Thread thread) {}

    /**
     * @param binding puts around each fork's work what its thread must know
     */
    Nursery(String name, UnaryOperator<Callable<T>> binding) {
        this.name = name;
        this.binding = binding;
    }

    /** Starts the work on a virtual thread of its own. */
    void fork(Callable<T> work) {
        var task = new FutureTask<>(binding.apply(work));
        var thread = Thread.ofVirtual().name("skein-" + name + "-" + count++).unstarted(task);
        forks.add(new Fork<>(task, thread));
        thread.start();
    }

    /** Interrupts the forks that still run. */
    void cancel() {
        for (var fork : forks) fork.thread().interrupt();
    }

    /**
     * Waits until all have ended. An interrupt of the owner cancels them; they are waited for all
     * the same, and then it goes on.
     */
    List<Future<T>> join() throws InterruptedException {
        InterruptedException interrupted = null;
        for (var fork : forks) interrupted = joined(fork.thread(), interrupted);
        if (interrupted != null) throw interrupted;
        return forks.stream().<Future<T>>map(Fork::task).toList();
    }

    /**
     * Cancels what still runs and waits for it; an interrupt meanwhile is kept for whoever looks
     * next.
     */
    @Override
    public void close() {
        cancel();
        InterruptedException interrupted = null;
        for (var fork : forks) interrupted = joined(fork.thread(), interrupted);
        if (interrupted != null) Thread.currentThread().interrupt();
    }

    private @Nullable InterruptedException joined(
            Thread thread, @Nullable InterruptedException interrupted) {
        var seen = interrupted;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                seen = e;
                cancel();
            }
        }
        return seen;
    }
}
