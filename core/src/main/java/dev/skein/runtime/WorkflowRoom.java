package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.agent.RunResult.Canceled;
import dev.skein.agent.RunResult.Completed;
import dev.skein.agent.RunResult.Failed;
import dev.skein.event.RunStatus;
import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries the run of a workflow out, from its body to its end: the door is shut, calls under way
 * finish, children, then sessions end, bubbles are drained, the end is in the journal, the waiters
 * are told. A body that does not leave when it is stopped is left behind, and the run ends without
 * it.
 */
final class WorkflowRoom<O extends @Nullable Object> {
    private final LiveRun<O> run;
    private final LiveScope scope;
    private final CountDownLatch left = new CountDownLatch(1);
    private final AtomicBoolean ending = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition announced = lock.newCondition();
    private volatile @Nullable String standing;
    private Interrupter.@Nullable Stop stop;
    private @Nullable Thread body;
    private boolean over;
    private boolean announcing;

    WorkflowRoom(LiveRun<O> run, LiveScope scope) {
        this.run = run;
        this.scope = scope;
    }

    /** On a thread of its own. Returns when the run has ended, with or without it. */
    void carryOut() {
        run.interrupter().begin(Thread.currentThread());
        enter(Thread.currentThread());
        run.clock().start();
        RunResult<O> outcome;
        try (var _ = run.ambience().mark()) {
            outcome = done();
        } finally {
            run.clock().stop();
        }
        leave();
        run.interrupter().end(true);
        left.countDown();
        if (ending.compareAndSet(false, true)) end(outcome);
    }

    private RunResult<O> done() {
        try {
            if (stopped() != null) return stoppedResult();
            var output =
                    Lineage.within(run, () -> Scopes.within(scope, () -> output(run.target())));
            return new Completed<>(output, run.work());
        } catch (Throwable e) {
            return thrown(e);
        }
    }

    private O output(Target<O> target) throws Exception {
        return switch (target) {
            case Target.OfWorkflow<?, O> flow -> output(flow);
            case Target.OfAgent<O> _ ->
                    throw new IllegalStateException("run " + run.id() + " carries out an agent");
        };
    }

    private <I extends @Nullable Object> O output(Target.OfWorkflow<I, O> flow) throws Exception {
        return flow.workflow().run(scope, flow.given());
    }

    private RunResult<O> thrown(Throwable thrown) {
        if (stopped() != null) return stoppedResult();
        if (thrown instanceof InterruptedException)
            return new Canceled<>("its thread was interrupted", run.work());
        var failure = Failures.of("Workflow '" + run.name() + "'", thrown, run.id());
        if (failure.code().equals("run.threw")) run.engine().runtime().log(run, thrown);
        return new Failed<>(failure, run.work());
    }

    /** Asks the run to end and returns; the first reason counts, and none after the body left. */
    void stop(Interrupter.Stop reason) {
        lock.lock();
        try {
            if (over || stop != null) return;
            stop = reason;
            announcing = true;
        } finally {
            lock.unlock();
        }
        try {
            standing = scope.standing(); // before its sessions are told to stop too
            scope.door().shut(how(reason), why(reason));
            run.announce(reason);
        } finally {
            carriedOut();
            var path = run.origin().path();
            Thread.ofVirtual().name("skein-stop:" + path).start(() -> carryOut(reason));
        }
    }

    private void carriedOut() {
        lock.lock();
        try {
            announcing = false;
            announced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void carryOut(Interrupter.Stop reason) {
        new Endings<>(run).children(true);
        run.interrupter().stop(reason);
        scope.interruptCalls();
        if (awaitLeft() || !ending.compareAndSet(false, true)) return;
        var thread = body;
        if (thread != null) run.record(Abandoned.of(thread, stopWithin()));
        end(stoppedResult());
    }

    /** By the clock of this computer: who moves a clock does not make threads leave. */
    private boolean awaitLeft() {
        try {
            return left.await(stopWithin().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the thread that stops a run", e);
        }
    }

    private Duration stopWithin() {
        return run.target() instanceof Target.OfWorkflow<?, ?> flow
                ? flow.workflow().options().stopWithin()
                : Duration.ZERO;
    }

    private void end(RunResult<O> outcome) {
        scope.door()
                .shut(how(outcome), outcome instanceof Failed<O>(var failure, _) ? failure : null);
        var last = stopped() == null ? outcome : stoppedResult();
        scope.end();
        new Endings<>(run).end(last, (@Nullable RunStatus) null);
    }

    private void enter(Thread thread) {
        lock.lock();
        try {
            body = thread;
        } finally {
            lock.unlock();
        }
    }

    /** From here on nobody stops it; an announcement that is being made is waited for. */
    private void leave() {
        lock.lock();
        try {
            while (announcing) announced.awaitUninterruptibly();
            if (stop == null) over = true;
        } finally {
            lock.unlock();
        }
    }

    private Interrupter.@Nullable Stop stopped() {
        lock.lock();
        try {
            return stop;
        } finally {
            lock.unlock();
        }
    }

    private RunResult<O> stoppedResult() {
        return switch (stopped()) {
            case null -> throw new IllegalStateException("run " + run.id() + " was not stopped");
            case Interrupter.Stop.Canceled(_, var reason) -> new Canceled<>(reason, run.work());
            case Interrupter.Stop.Failed(var failure) -> new Failed<>(failure, run.work());
            case Interrupter.Stop.Deadline() ->
                    new Failed<>(
                            new Limit.Deadline(
                                    "'" + run.origin().path() + "', " + standing(),
                                    run.clock().limit(),
                                    run.clock().elapsed()),
                            run.work());
        };
    }

    private String standing() {
        var known = standing;
        return known == null ? scope.standing() : known;
    }

    private static String how(Interrupter.Stop reason) {
        return switch (reason) {
            case Interrupter.Stop.Canceled(_, var why) -> "canceled: " + why;
            case Interrupter.Stop.Failed(var failure) -> "failed: " + failure.message();
            case Interrupter.Stop.Deadline() -> "its time was over";
        };
    }

    private static @Nullable Failure why(Interrupter.Stop reason) {
        return reason instanceof Interrupter.Stop.Failed(var failure) ? failure : null;
    }

    private static String how(RunResult<?> outcome) {
        return switch (outcome) {
            case Completed<?> _ -> "completed";
            case Canceled<?>(var reason, _) -> "canceled: " + reason;
            case Failed<?>(var failure, _) -> "failed: " + failure.message();
        };
    }
}
