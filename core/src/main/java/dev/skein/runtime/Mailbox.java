package dev.skein.runtime;

import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are carried out one at a time in the order in which they came, each on a thread of its
 * own; those that say so run beside the others. Callers wait; one that leaves takes its call back,
 * or interrupts it if it runs.
 */
final class Mailbox {
    /** Threads wait by it, whatever clock the runtime has. */
    private static final Timekeeper REAL = Timekeeper.system();

    private static final int MOST_WAITING = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LiveRun<?> run;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Call<?>> waiting = new ArrayDeque<>();
    private final Set<Call<?>> running = new HashSet<>();
    private boolean busy;
    private @Nullable Failure closed;

    Mailbox(LiveRun<?> run) {
        this.run = run;
    }

    private final class Call<T> {
        private final boolean parallel;
        private final FutureTask<T> task;
        private final Thread thread;

        Call(String name, boolean parallel, Callable<T> work) {
            this.parallel = parallel;
            this.task = new FutureTask<>(work);
            this.thread = Thread.ofVirtual().name("skein-call:" + name).unstarted(this::carryOut);
        }

        private void carryOut() {
            try {
                task.run();
            } finally {
                ended(this);
            }
        }
    }

    /**
     * Blocks until the call has ended.
     *
     * @param limit null: none
     * @throws SkeinException with {@code limit.load}, {@code limit.wait}, {@code run.ended}
     */
    <T> T call(String name, boolean parallel, Callable<T> work, @Nullable Duration limit)
            throws Exception {
        var call = new Call<>(name, parallel, work);
        admit(name, call);
        try {
            return limit == null
                    ? call.task.get()
                    : call.task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            leave(call);
            throw e;
        } catch (TimeoutException e) {
            leave(call);
            throw new SkeinException(new Limit.Wait("endpoint '" + name + "'", limit), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (CancellationException e) {
            throw new SkeinException(closedBy(), e);
        }
    }

    private void admit(String name, Call<?> call) {
        lock.lock();
        try {
            if (closed != null) throw new SkeinException(closed);
            if (call.parallel || !busy) start(call);
            else if (waiting.size() < MOST_WAITING) waiting.add(call);
            else throw new SkeinException(new Limit.Load("endpoint '" + name + "'", MOST_WAITING));
        } finally {
            lock.unlock();
        }
    }

    private void start(Call<?> call) {
        if (!call.parallel) busy = true;
        running.add(call);
        call.thread.start();
    }

    private void ended(Call<?> call) {
        lock.lock();
        try {
            running.remove(call);
            if (call.parallel) return;
            var next = waiting.poll();
            if (next == null) busy = false;
            else start(next);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the call back; one that runs is interrupted and waited for. */
    private void leave(Call<?> call) {
        if (withdrawn(call)) return;
        call.thread.interrupt();
        if (!joined(List.of(call), PATIENCE)) abandoned(call);
    }

    private boolean withdrawn(Call<?> call) {
        lock.lock();
        try {
            return waiting.remove(call);
        } finally {
            lock.unlock();
        }
    }

    private void abandoned(Call<?> call) {
        run.record(Abandoned.of(call.thread, PATIENCE));
    }

    void interrupt() {
        for (var call : runningNow()) call.thread.interrupt();
    }

    /** Refuses what waits and what comes, and lets what runs finish for a while. */
    void drain(Failure why) {
        for (var call : refused(why)) call.task.cancel(false);
        joined(runningNow(), PATIENCE);
    }

    /** Interrupts what still runs; what does not end then is named. */
    void close() {
        interrupt();
        if (joined(runningNow(), PATIENCE)) return;
        for (var call : runningNow()) {
            abandoned(call);
            call.task.cancel(false);
        }
    }

    private List<Call<?>> refused(Failure why) {
        lock.lock();
        try {
            if (closed == null) closed = why;
            var refused = List.copyOf(waiting);
            waiting.clear();
            return refused;
        } finally {
            lock.unlock();
        }
    }

    private Failure closedBy() {
        lock.lock();
        try {
            if (closed == null) throw new IllegalStateException("a call was canceled by nobody");
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private List<Call<?>> runningNow() {
        lock.lock();
        try {
            return new ArrayList<>(running);
        } finally {
            lock.unlock();
        }
    }

    private static boolean joined(List<? extends Call<?>> calls, Duration limit) {
        long until = REAL.nanos() + limit.toNanos();
        boolean interrupted = false;
        boolean all = true;
        for (var call : calls) {
            if (call.thread.equals(Thread.currentThread())) continue;
            while (true) {
                try {
                    long left = Math.max(1, until - REAL.nanos());
                    all &= call.thread.join(Duration.ofNanos(left));
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        return all;
    }
}
