package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.RunResult;
import dev.skein.agent.RunResult.Canceled;
import dev.skein.agent.RunResult.Completed;
import dev.skein.agent.RunResult.Failed;
import dev.skein.agent.Task;
import dev.skein.agent.Work;
import dev.skein.event.RunEvent;
import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.policy.Gather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The same agent for many tasks: as many threads as may run at once take one task after the other,
 * each by an ordinary run. So a batch of any length needs memory for those runs and one result a
 * task.
 */
final class Batch<O> {
    private final AgentRuntime runtime;
    private final Engine engine;
    private final Agent<O> agent;
    private final List<Task> tasks;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<RunResult<O>> results;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();

    /** Why what still runs is ended and the rest never begins. */
    private sealed interface Stop {
        record Failure(String reason) implements Stop {}

        record Time(Duration limit, long start) implements Stop {}

        record Interrupted() implements Stop {}
    }

    Batch(Engine engine, Agent<O> agent, List<Task> tasks) {
        this.runtime = engine.runtime();
        this.engine = engine;
        this.agent = agent;
        this.tasks = List.copyOf(tasks);
        this.results = new AtomicReferenceArray<>(tasks.size());
    }

    List<RunResult<O>> run(Gather how) throws InterruptedException {
        if (tasks.isEmpty()) return List.of();
        checkIds();
        var caller = Lineage.current(runtime);
        var origin = caller.map(LiveRun::origin).orElse(engine.runtimeOrigin());
        engine.append(origin, new RunEvent.BatchStarted(tasks.size(), how.concurrency()));
        try (var nursery = new Nursery<Boolean>("slot", work -> bound(caller.orElse(null), work));
                var _ = clock(how, nursery)) {
            for (int i = 0; i < Math.min(how.concurrency(), tasks.size()); i++)
                nursery.fork(() -> work(how, nursery));
            nursery.join().forEach(Future::resultNow);
        } finally {
            engine.append(origin, ended());
        }
        return inOrder();
    }

    private Callable<Boolean> bound(@Nullable LiveRun<?> caller, Callable<Boolean> work) {
        if (caller != null) return Lineage.bind(caller, work);
        var ambience = new Ambience(Map.of(), Ambience.capture(engine.config().ports().carriers()));
        return () -> ambience.around(work);
    }

    private Alarms.@Nullable Alarm clock(Gather how, Nursery<Boolean> nursery) {
        var limit = how.timeout();
        if (limit == null) return null;
        long start = engine.time().nanos();
        return engine.alarms()
                .at(start + limit.toNanos(), () -> stop(new Stop.Time(limit, start), nursery));
    }

    private boolean work(Gather how, Nursery<Boolean> nursery) {
        for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
            var result = slot(tasks.get(i));
            results.set(i, result);
            if (how.failFast() && result instanceof Failed<O>(var failure, _))
                stop(
                        new Stop.Failure("slot " + (i + 1) + " failed: " + failure.message()),
                        nursery);
        }
        return true;
    }

    private RunResult<O> slot(Task task) {
        var before = stop.get();
        if (before != null) return stopped(before);
        try {
            return runtime.run(agent, task);
        } catch (InterruptedException e) {
            stop.compareAndSet(null, new Stop.Interrupted());
            return stopped(stop.get());
        } catch (SkeinException e) {
            return new Failed<>(e.failure(), Work.none(""));
        }
    }

    private void stop(Stop why, Nursery<Boolean> nursery) {
        if (stop.compareAndSet(null, why)) nursery.cancel();
    }

    private RunResult<O> stopped(@Nullable Stop why) {
        return switch (why) {
            case Stop.Failure(var reason) -> new Canceled<>(reason, Work.none(""));
            case Stop.Time(var limit, var start) ->
                    new Failed<>(
                            new Limit.Deadline(
                                    "The batch",
                                    limit,
                                    Duration.ofNanos(engine.time().nanos() - start)),
                            Work.none(""));
            case Stop.Interrupted() -> new Canceled<>("the batch was interrupted", Work.none(""));
            case null -> new Canceled<>("the batch was interrupted", Work.none(""));
        };
    }

    private RunEvent.BatchEnded ended() {
        int completed = 0;
        int failed = 0;
        int canceled = 0;
        for (int i = 0; i < tasks.size(); i++) {
            switch (results.get(i)) {
                case null -> canceled++;
                case Completed<O> _ -> completed++;
                case Failed<O> _ -> failed++;
                case Canceled<O> _ -> canceled++;
            }
        }
        return new RunEvent.BatchEnded(completed, failed, canceled);
    }

    private List<RunResult<O>> inOrder() {
        var inOrder = new ArrayList<RunResult<O>>(tasks.size());
        for (int i = 0; i < tasks.size(); i++) inOrder.add(results.get(i));
        return List.copyOf(inOrder);
    }

    private void checkIds() {
        var seen = new HashSet<String>();
        for (var task : tasks) {
            if (!task.id().isEmpty() && !seen.add(task.id()))
                throw new SkeinException(
                        new Invalid.Call(
                                "Two tasks of the batch have the id '" + task.id() + "'.",
                                "Give each its own."));
        }
    }
}
