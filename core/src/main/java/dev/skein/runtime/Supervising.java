package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.name.NameRule;
import dev.skein.policy.RestartPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One run of a supervisor: starts its children in order, then does one thing after another as
 * children end, starts fall due, and operators ask. All of it is done by the run's own thread.
 */
final class Supervising {
    private static final int MOST_CAUSES = 16;

    private final Supervisor plan;
    private final LiveScope scope;
    private final Nurturing nurturing;
    private final List<Minding> minded = new ArrayList<>();
    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final ArrayDeque<Long> restarts = new ArrayDeque<>();
    private final ArrayDeque<Failure> causes = new ArrayDeque<>();
    private boolean over;

    /** What the supervisor reacts to. */
    sealed interface Signal {
        record Ended(Minding child, String run, RunResult<?> result) implements Signal {}

        /** Children whose start is due. */
        record Due(List<Minding> group) implements Signal {}

        record Asked(Runnable work) implements Signal {}
    }

    Supervising(Supervisor plan, Scope scope) {
        this.plan = plan;
        this.scope = (LiveScope) scope;
        this.nurturing = new Nurturing(this.scope, signals);
    }

    static void check(int maxRestarts, Duration period, List<Supervisor.Child> children) {
        Workflow.Options.positive("period", period);
        if (maxRestarts < 0)
            throw new SkeinException(
                    new Invalid.Call(
                            "maxRestarts is at least 0, was " + maxRestarts + ".", "Raise it."));
        var seen = new HashSet<String>();
        for (var child : children)
            if (!seen.add(NameRule.key(NameRule.checked(child.id()))))
                throw new SkeinException(
                        new Invalid.Call(
                                "Two children have the id '" + child.id() + "'.", "Rename one."));
    }

    Map<String, RunResult<?>> run() throws InterruptedException {
        for (var child : plan.children())
            if (!(child.work() instanceof Supervisor.Work.Template)) minded.add(new Minding(child));
        new Operating(plan, scope, this).expose();
        start(List.copyOf(minded));
        scope.ready();
        while (!finished()) react(signals.take());
        return results();
    }

    private boolean finished() {
        if (over) return true;
        boolean endless =
                plan.children().stream()
                        .anyMatch(child ->
                                child.work() instanceof Supervisor.Work.Template
                                        || child.policy().kind() == RestartPolicy.Kind.PERMANENT);
        return !endless && minded.stream().noneMatch(Minding::active);
    }

    private Map<String, RunResult<?>> results() {
        var results = new LinkedHashMap<String, RunResult<?>>();
        for (var child : minded) {
            var last = child.last();
            if (last != null) results.put(child.id(), last);
        }
        return results;
    }

    private void react(Signal signal) throws InterruptedException {
        switch (signal) {
            case Signal.Ended(var child, var run, var result) -> {
                var handle = child.handle();
                if (handle != null && handle.id().equals(run)) ended(child, result);
            }
            case Signal.Due(var group) -> start(group.stream().filter(Minding::pending).toList());
            case Signal.Asked(var work) -> work.run();
        }
    }

    /** Starts them in order; one that cannot start has failed, and the rest wait for it. */
    private void start(List<Minding> group) throws InterruptedException {
        for (int i = 0; i < group.size(); i++) {
            var child = group.get(i);
            child.notDue();
            var problem = nurturing.start(child);
            if (problem == null) continue;
            for (var later : group.subList(i + 1, group.size())) later.dueAt(now());
            var waiting = new ArrayList<>(group.subList(i + 1, group.size()));
            restart(child, problem, waiting);
            return;
        }
    }

    private void ended(Minding child, RunResult<?> result) throws InterruptedException {
        child.ended(result);
        var failure = result instanceof RunResult.Failed<?>(var why, _) ? why : null;
        if (restarts(child, result)) restart(child, failure, List.of());
        else if (child.child().significant()) significantEnded();
    }

    private static boolean restarts(Minding child, RunResult<?> result) {
        if (child.stopped() || result instanceof RunResult.Canceled) return false;
        return switch (child.policy().kind()) {
            case PERMANENT -> true;
            case TRANSIENT -> result instanceof RunResult.Failed;
            case TEMPORARY -> false;
        };
    }

    private void significantEnded() throws InterruptedException {
        boolean enough =
                switch (plan.autoShutdown()) {
                    case NEVER -> false;
                    case ANY_SIGNIFICANT -> true;
                    case ALL_SIGNIFICANT ->
                            minded.stream()
                                    .filter(child -> child.child().significant())
                                    .noneMatch(Minding::active);
                };
        if (!enough) return;
        stop(minded);
        over = true;
    }

    /**
     * Starts it again, with those that go with it.
     *
     * @param cause null: it completed
     * @param waiting others whose start waits for this one
     */
    private void restart(Minding child, @Nullable Failure cause, List<Minding> waiting)
            throws InterruptedException {
        if (scope.door().isShut()) return;
        if (cause != null) {
            causes.add(cause);
            if (causes.size() > MOST_CAUSES) causes.removeFirst();
            if (!child.policy().evenIfNotRetryable() && !RestartPolicy.mayHelp(cause))
                throw escalated(child, cause);
        }
        if (!withinIntensity()) throw escalated(child, cause);
        var group = group(child, waiting);
        stop(group);
        group.removeIf(one -> one != child && one.policy().kind() == RestartPolicy.Kind.TEMPORARY);
        var delay = nurturing.delay(child, cause == null ? 0 : child.failures(now()));
        for (var one : group) one.dueAt(now() + delay.toNanos());
        scope.record(
                new WorkflowEvent.ChildRestarted(child.id(), child.attempt() + 1, delay, cause));
        nurturing.later(delay, new Signal.Due(group));
    }

    /** Who is started again with it, in the order of their starts. */
    private List<Minding> group(Minding child, List<Minding> waiting) {
        boolean dynamic = child.child().work() instanceof Supervisor.Work.Template;
        int at = minded.indexOf(child);
        var group = new ArrayList<Minding>();
        for (int i = 0; i < minded.size(); i++) {
            var one = minded.get(i);
            boolean goes =
                    switch (dynamic ? Supervisor.Strategy.ONE_FOR_ONE : plan.strategy()) {
                        case ONE_FOR_ONE -> false;
                        case ONE_FOR_ALL -> true;
                        case REST_FOR_ONE -> i > at;
                    };
            if (one == child || waiting.contains(one) || (goes && one.active())) group.add(one);
        }
        return group;
    }

    private boolean withinIntensity() {
        long now = now();
        while (!restarts.isEmpty() && now - restarts.getFirst() > plan.period().toNanos())
            restarts.removeFirst();
        restarts.add(now);
        return restarts.size() <= plan.maxRestarts();
    }

    private SkeinException escalated(Minding child, @Nullable Failure cause)
            throws InterruptedException {
        stop(minded);
        scope.record(new WorkflowEvent.Escalated(child.id(), restarts.size(), List.copyOf(causes)));
        return new SkeinException(
                new RunFailure.Escalated(
                        child.id(), Math.max(1, causes.size()), plan.period(), cause));
    }

    /** Stops them in reverse order, each gone before the next is told. */
    void stop(List<Minding> group) throws InterruptedException {
        for (var child : List.copyOf(group).reversed()) {
            child.notDue();
            var handle = child.handle();
            if (handle == null) continue;
            handle.run().cancel("supervisor", "its supervisor stopped it");
            child.ended(handle.result());
        }
    }

    List<Minding> minded() {
        return minded;
    }

    Nurturing nurturing() {
        return nurturing;
    }

    LinkedBlockingQueue<Signal> signals() {
        return signals;
    }

    /** Of a child that an operator wants. */
    void startNow(Minding child) throws InterruptedException {
        child.stopped(false);
        start(List.of(child));
    }

    long now() {
        return scope.engine().time().nanos();
    }

    static Failure lateStart(String child, Duration limit) {
        return new Limit.Wait("the start of child '" + child + "'", limit);
    }
}
