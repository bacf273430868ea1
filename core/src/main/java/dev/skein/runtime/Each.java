package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A fan-out: a branch per item, so many at once, each a run with a scope of its own. */
record Each<I extends @Nullable Object, O extends @Nullable Object>(
        LiveScope scope, String name, Workflow<I, O> branch) {
    private static final int MOST_AT_ONCE = 10_000;
    private static final int MOST_ATTACHED = 16;

    /** Results in item order. Blocks; an interrupt cancels all branches and waits for them. */
    List<O> of(List<? extends I> items, int limit) throws InterruptedException {
        if (limit < 1 || limit > MOST_AT_ONCE)
            throw new SkeinException(
                    new Invalid.Call(
                            "each runs 1 to 10,000 branches at once, not " + limit + ".",
                            "Give a limit in these bounds."));
        scope.door().check();
        if (items.isEmpty()) return List.of();
        return new Fan(List.copyOf(items), limit).out();
    }

    private final class Fan {
        private final List<I> items;
        private final Semaphore permits;
        private final AtomicBoolean failed = new AtomicBoolean();
        private final Queue<LiveRun<O>> runs = new ConcurrentLinkedQueue<>();

        Fan(List<I> items, int limit) {
            this.items = items;
            this.permits = new Semaphore(limit);
        }

        List<O> out() throws InterruptedException {
            scope.offspring().reserve(name);
            try (var nursery = new Nursery<Boolean>("each", work -> work);
                    var _ = scope.door().listen(_ -> cancel("a session of the scope was lost"))) {
                forkAll(nursery);
                nursery.join();
            } catch (InterruptedException e) {
                cancel("its caller was interrupted");
                throw e;
            } finally {
                scope.offspring().release(name);
            }
            return outputs();
        }

        private void forkAll(Nursery<Boolean> nursery) throws InterruptedException {
            for (int i = 0; i < items.size() && !failed.get(); i++) {
                permits.acquire();
                if (failed.get()) return;
                var as = name + "/" + (i + 1);
                var run =
                        scope.offspring().branch(new Target.OfWorkflow<>(branch, items.get(i), as));
                runs.add(run);
                nursery.fork(() -> carriedOut(run));
            }
        }

        private boolean carriedOut(LiveRun<O> run) throws InterruptedException {
            try {
                if (!Offspring.carriedOut(run).isCompleted() && failed.compareAndSet(false, true))
                    cancel("another branch failed");
            } finally {
                permits.release();
            }
            return true;
        }

        private void cancel(String reason) {
            failed.set(true);
            for (var run : runs) run.cancel("each", reason);
        }

        private List<O> outputs() throws InterruptedException {
            SkeinException first = null;
            int attached = 0;
            var outputs = new ArrayList<O>();
            for (var run : runs) {
                switch (run.result()) {
                    case RunResult.Completed<O>(var output, _) -> outputs.add(output);
                    case RunResult.Failed<O>(var failure, _) -> {
                        var one = new SkeinException(failure);
                        if (first == null) first = one;
                        else if (attached++ < MOST_ATTACHED) first.addSuppressed(one);
                    }
                    case RunResult.Canceled<O> _ -> {}
                }
            }
            if (first != null) throw first;
            scope.door().check();
            for (var run : runs) run.result().orThrow();
            return outputs;
        }
    }
}
