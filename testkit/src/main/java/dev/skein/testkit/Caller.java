package dev.skein.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A thread that makes one call, and what came of it. */
final class Caller<T> {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable T> returned = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    private final Thread thread;

    private Caller(boolean virtual, Callable<T> call) {
        Runnable body =
                () -> {
                    try {
                        returned.set(call.call());
                    } catch (Throwable e) {
                        thrown.set(e); // what a call ends with is what a case looks at
                    } finally {
                        ended.countDown();
                    }
                };
        thread = virtual ? Thread.ofVirtual().unstarted(body) : Thread.ofPlatform().unstarted(body);
    }

    static <T> Caller<T> start(boolean virtual, Callable<T> call) {
        var caller = new Caller<>(virtual, call);
        caller.thread.start();
        return caller;
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean running() {
        return ended.getCount() > 0;
    }

    /** Waits as long as it takes. */
    void join() throws InterruptedException {
        thread.join();
    }

    /** False if the call has not ended within the usual time. */
    boolean ended() throws InterruptedException {
        return ended.await(Patience.usual().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the call returned; anything else is a failed case. Waits at most the usual time. */
    T result() throws InterruptedException {
        if (!ended()) throw new AssertionError("A call has not ended: " + thread);
        var result = returned.get();
        if (result == null) throw new AssertionError("A call failed: " + thrown(), thrown());
        return result;
    }

    @Nullable Throwable thrown() {
        return thrown.get();
    }
}
