package dev.skein.runtime;

import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that work for a scope beside its body; gone with it. */
final class Aside {
    /** Threads wait by it, whatever clock the runtime has. */
    private static final Timekeeper REAL = Timekeeper.system();

    private static final System.Logger LOG = System.getLogger("dev.skein.runtime");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LiveScope scope;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();

    Aside(LiveScope scope) {
        this.scope = scope;
    }

    /** Does the work on a thread of its own; what it throws is said and hurts nobody. */
    void start(String what, Callable<?> work) {
        var path = scope.run().origin().path();
        var thread =
                Thread.ofVirtual()
                        .name("skein-aside:" + path + "#" + count.incrementAndGet())
                        .unstarted(() -> carryOut(what, work));
        threads.add(thread);
        thread.start();
    }

    private void carryOut(String what, Callable<?> work) {
        try {
            scope.within(work).call();
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, what + " was interrupted", e);
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, what + " failed", e);
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /** Lets what runs finish, then interrupts it; what stays all the same is named. */
    void close() {
        if (joined()) return;
        interrupt();
        if (joined()) return;
        for (var thread : threads) scope.record(Abandoned.of(thread, PATIENCE));
    }

    private boolean joined() {
        long until = REAL.nanos() + PATIENCE.toNanos();
        boolean interrupted = false;
        boolean all = true;
        for (var thread : threads) {
            if (thread.equals(Thread.currentThread())) continue;
            try {
                all &= thread.join(Duration.ofNanos(Math.max(1, until - REAL.nanos())));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        return all;
    }
}
