package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Starts the children of a supervisor, now or later, and tells it what became of them. On the
 * supervisor's thread.
 */
final class Nurturing implements AutoCloseable {
    private final LiveScope scope;
    private final Queue<Supervising.Signal> signals;
    private final Map<Long, Alarms.Alarm> alarms = new HashMap<>();
    private long tickets;

    Nurturing(LiveScope scope, Queue<Supervising.Signal> signals) {
        this.scope = scope;
        this.signals = signals;
    }

    /** Blocks until the child has started; why it could not, or null. */
    @Nullable Failure start(Minding child) throws InterruptedException {
        child.starts(now());
        LiveHandle<?> handle;
        try {
            handle = spawn(child);
        } catch (SkeinException e) {
            if (scope.door().isShut()) throw e;
            child.refused(e.failure());
            return e.failure();
        }
        child.started(handle);
        scope.bubble(handle);
        var late = late(child, handle);
        if (late == null)
            handle.run()
                    .whenEnded(result ->
                            signals.add(new Supervising.Signal.Ended(child, handle.id(), result)));
        return late;
    }

    /** What it failed with because it was not ready in time; null: it was. */
    private static @Nullable Failure late(Minding child, LiveHandle<?> handle)
            throws InterruptedException {
        var within = child.child().readyWithin();
        var inner = handle.run().scope();
        if (within == null || inner == null || inner.endpoints().awaitReady(within)) return null;
        var late = new Limit.Wait("the start of child '" + child.id() + "'", within);
        handle.run().stop(new Interrupter.Stop.Failed(late));
        boolean stopped =
                handle.result() instanceof RunResult.Failed<?>(var why, _) && why.equals(late);
        if (!stopped) return null; // it ended by itself just then
        child.ended(handle.result());
        return late;
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

    /** Before the restart of a child whose last run has just ended. */
    Duration delay(Minding child) {
        RandomGenerator random = () -> scope.engine().ids().nextLong();
        return child.policy().backoff().before(child.step(now()), random);
    }

    /** Tells the supervisor after the delay that the group is to be started. */
    void later(Duration delay, List<Minding> group) {
        var due = new Supervising.Signal.Due(++tickets, now() + delay.toNanos(), group);
        group.forEach(child -> child.due(due));
        if (delay.isZero()) signals.add(due);
        else alarms.put(due.ticket(), scope.engine().alarms().at(due.at(), () -> signals.add(due)));
    }

    /** Which of the group are to be started: those for which nothing else was planned since. */
    List<Minding> due(Supervising.Signal.Due due) {
        alarms.remove(due.ticket());
        return due.group().stream().filter(child -> child.isDue(due)).toList();
    }

    long now() {
        return scope.engine().time().nanos();
    }

    /** Nothing more is started later. */
    @Override
    public void close() {
        alarms.values().forEach(Alarms.Alarm::close);
    }
}
