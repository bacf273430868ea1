package dev.skein.runtime;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import java.time.Duration;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Starts the children of a supervisor, and tells it later what became of them. */
final class Nurturing {
    private final LiveScope scope;
    private final Queue<Supervising.Signal> signals;

    Nurturing(LiveScope scope, Queue<Supervising.Signal> signals) {
        this.scope = scope;
        this.signals = signals;
    }

    /** Blocks until the child has started; why it could not, or null. */
    @Nullable Failure start(Minding child) throws InterruptedException {
        try {
            var handle = spawn(child);
            child.began(handle, scope.engine().time().nanos());
            handle.run()
                    .whenEnded(result ->
                            signals.add(new Supervising.Signal.Ended(child, handle.id(), result)));
            scope.bubble(handle);
            return ready(child, handle) ? null : late(child, handle);
        } catch (SkeinException e) {
            if (scope.door().isShut()) throw e;
            child.failed(e.failure());
            return e.failure();
        }
    }

    private static boolean ready(Minding child, LiveHandle<?> handle) throws InterruptedException {
        var within = child.child().readyWithin();
        var inner = handle.run().scope();
        return within == null || inner == null || inner.endpoints().awaitReady(within);
    }

    private static Failure late(Minding child, LiveHandle<?> handle) throws InterruptedException {
        handle.run().cancel("supervisor", "it was not ready in time");
        child.ended(handle.result());
        var within = child.child().readyWithin();
        var failure = Supervising.lateStart(child.id(), within == null ? Duration.ZERO : within);
        child.failed(failure);
        return failure;
    }

    private LiveHandle<?> spawn(Minding child) {
        return switch (child.child().work()) {
            case Supervisor.Work.OfWorkflow(var workflow) -> spawn(child, workflow, null);
            case Supervisor.Work.OfAgent(var agent, var task) ->
                    scope.offspring().spawn(child.id(), agent, task, child.next());
            case Supervisor.Work.Template _ ->
                    throw new IllegalStateException("a template has no run of its own");
        };
    }

    private <I extends @Nullable Object, O extends @Nullable Object> LiveHandle<O> spawn(
            Minding child, Workflow<I, O> workflow, I input) {
        var within = child.policy().stopWithin();
        var bounded = workflow.with(workflow.options().withStopWithin(within));
        return scope.offspring().spawn(child.id(), bounded, input, child.next());
    }

    /** Before the next start of a child that failed so often in a row. */
    Duration delay(Minding child, int failures) {
        if (failures == 0) return Duration.ZERO;
        RandomGenerator random = () -> scope.engine().ids().nextLong();
        return child.policy().backoff().before(failures, random);
    }

    void later(Duration delay, Supervising.Signal signal) {
        if (delay.isZero()) signals.add(signal);
        else
            scope.engine()
                    .alarms()
                    .at(scope.engine().time().nanos() + delay.toNanos(), () -> signals.add(signal));
    }
}
