package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
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
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One run of a supervisor: starts its children in order, then does one thing after another as
 * children end, starts fall due, and operators ask. All of it is done by the run's own thread.
 */
final class Supervising {
    private static final int MOST_CAUSES = 16;
    private static final int MOST_ENDED = 1_000;

    private final Supervisor plan;
    private final LiveScope scope;
    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final List<Minding> minded = new ArrayList<>();
    private final ArrayDeque<Long> restarts = new ArrayDeque<>();
    private final ArrayDeque<Failure> causes = new ArrayDeque<>();
    private final Nurturing nurturing;
    private boolean over;
    private int made;
    private volatile boolean left;

    /** What the supervisor reacts to. */
    sealed interface Signal {
        record Ended(Minding child, String run, RunResult<?> result) implements Signal {}

        /** Children whose start is due at that time of the monotonic clock. */
        record Due(long ticket, long at, List<Minding> group) implements Signal {}

        record Asked(Wish<?> wish) implements Signal {}
    }

    Supervising(Supervisor plan, Scope scope) {
        this.plan = plan;
        this.scope = (LiveScope) scope;
        this.nurturing = new Nurturing(this.scope, signals);
    }

    static void check(int maxRestarts, Duration period, List<Supervisor.Child> children) {
        Workflow.Options.positive("period", period);
        if (maxRestarts < 0)
            throw wrong("maxRestarts is at least 0, was " + maxRestarts + ".", "Raise it.");
        var seen = new HashSet<String>();
        int templates = 0;
        for (var child : children) {
            if (!seen.add(NameRule.key(NameRule.checked(child.id()))))
                throw wrong("Two children have the id '" + child.id() + "'.", "Rename one.");
            var within = child.readyWithin();
            if (within != null) Workflow.Options.positive("readyWithin", within);
            if (child.work() instanceof Supervisor.Work.Template && ++templates > 1)
                throw wrong("A supervisor has two templates.", "Use one supervisor for each.");
        }
    }

    private static SkeinException wrong(String message, String remedy) {
        return new SkeinException(new Invalid.Call(message, remedy));
    }

    Map<String, RunResult<?>> run() throws InterruptedException {
        for (var child : plan.children())
            if (!(child.work() instanceof Supervisor.Work.Template))
                minded.add(new Minding(child, false));
        new Operating(plan, scope, this).expose();
        try (nurturing) {
            start(List.copyOf(minded));
            scope.ready();
            while (!finished()) react(signals.take());
            return results();
        } finally {
            leave();
        }
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
            case Signal.Due due -> start(nurturing.due(due));
            case Signal.Asked(var wish) -> grant(wish);
        }
    }

    private void grant(Wish<?> wish) throws InterruptedException {
        try {
            wish.grant();
        } catch (InterruptedException e) {
            wish.refuse(scope.door().ended());
            throw e;
        }
    }

    /** Starts them in order; while one cannot start, those after it wait. */
    private void start(List<Minding> group) throws InterruptedException {
        for (int i = 0; i < group.size() && !over; i++) {
            var child = group.get(i);
            var problem = nurturing.start(child);
            if (problem == null) continue;
            if (child.temporary()) gone(child);
            else {
                restart(child, problem, group.subList(i + 1, group.size()));
                return;
            }
        }
    }

    private void ended(Minding child, RunResult<?> result) throws InterruptedException {
        child.ended(result);
        var failure = result instanceof RunResult.Failed<?>(var why, _) ? why : null;
        if (comesBack(child.policy().kind(), result)) restart(child, failure, List.of());
        else gone(child);
    }

    private static boolean comesBack(RestartPolicy.Kind kind, RunResult<?> result) {
        if (result instanceof RunResult.Canceled) return false;
        return switch (kind) {
            case PERMANENT -> true;
            case TRANSIENT -> result instanceof RunResult.Failed;
            case TEMPORARY -> false;
        };
    }

    /** It ended by itself, for good. */
    private void gone(Minding child) throws InterruptedException {
        var ended = minded.stream().filter(one -> one.onDemand() && !one.active()).toList();
        if (ended.size() > MOST_ENDED) minded.remove(ended.getFirst());
        if (!child.child().significant()) return;
        boolean enough =
                switch (plan.autoShutdown()) {
                    case NEVER -> false;
                    case ANY_SIGNIFICANT -> true;
                    case ALL_SIGNIFICANT ->
                            minded.stream()
                                    .filter(one -> one.child().significant())
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
        if (cause != null) remember(cause);
        boolean hopeless =
                cause != null
                        && !child.policy().evenIfNotRetryable()
                        && !RestartPolicy.mayHelp(cause);
        if (!withinIntensity() || hopeless) throw escalated(child);
        var delay = nurturing.delay(child);
        var group = group(child, waiting);
        var again = new ArrayList<>(group);
        again.removeIf(one -> one.temporary() && one.lives());
        stop(group);
        nurturing.later(delay, again); // whoever reads of the delay may move the clock
        scope.record(
                new WorkflowEvent.ChildRestarted(child.id(), child.attempt() + 1, delay, cause));
        for (var one : again)
            if (one != child && one.attempt() > 0)
                scope.record(
                        new WorkflowEvent.ChildRestarted(one.id(), one.attempt() + 1, delay, null));
    }

    /** A supervisor below gave up for causes of its own; the last one tells enough. */
    private void remember(Failure cause) {
        boolean deep =
                cause instanceof RunFailure.Escalated escalated && escalated.causes().size() > 1;
        causes.add(deep ? shortened((RunFailure.Escalated) cause) : cause);
        if (causes.size() > MOST_CAUSES) causes.removeFirst();
    }

    private static Failure shortened(RunFailure.Escalated cause) {
        var last = List.of(cause.causes().getLast());
        return new RunFailure.Escalated(cause.child(), cause.times(), cause.within(), last);
    }

    /** Who is stopped and started again with it, in the order of their starts. */
    private List<Minding> group(Minding child, List<Minding> waiting) {
        int at = minded.indexOf(child);
        var group = new ArrayList<Minding>();
        for (int i = 0; i < minded.size(); i++) {
            var one = minded.get(i);
            boolean goes =
                    switch (plan.strategy()) {
                        case ONE_FOR_ONE -> false;
                        case ONE_FOR_ALL -> true;
                        case REST_FOR_ONE -> i > at;
                    };
            if (one == child || waiting.contains(one) || (goes && goesAlong(one))) group.add(one);
        }
        return group;
    }

    /** As with OTP also one that has ended; but not one that was made on demand. */
    private static boolean goesAlong(Minding sibling) {
        return sibling.active() || !(sibling.temporary() || sibling.onDemand());
    }

    private boolean withinIntensity() {
        long now = nurturing.now();
        while (!restarts.isEmpty() && now - restarts.getFirst() > plan.period().toNanos())
            restarts.removeFirst();
        restarts.add(now);
        return restarts.size() <= plan.maxRestarts();
    }

    private SkeinException escalated(Minding child) throws InterruptedException {
        stop(minded);
        var why = List.copyOf(causes);
        scope.record(new WorkflowEvent.Escalated(child.id(), restarts.size() - 1, why));
        return new SkeinException(
                new RunFailure.Escalated(child.id(), restarts.size(), plan.period(), why));
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

    /** Of a child that is made from that template. */
    String nextId(String template) {
        String id;
        do id = template + "-" + ++made;
        while (isTaken(id));
        return id;
    }

    private boolean isTaken(String id) {
        return minded.stream().anyMatch(child -> child.id().equalsIgnoreCase(id));
    }

    long now() {
        return nurturing.now();
    }

    /**
     * Of a child that an operator wants.
     *
     * @throws SkeinException if it cannot start; nobody tries again
     */
    void startNow(Minding child) throws InterruptedException {
        var problem = nurturing.start(child);
        if (problem != null) throw new SkeinException(problem);
    }

    /**
     * Has the supervisor's thread do it, between two other things.
     *
     * @throws SkeinException with {@code run.ended} if the supervisor ends before
     */
    <T> T asked(Callable<T> work) throws Exception {
        var wish = new Wish<>(work);
        signals.add(new Signal.Asked(wish));
        if (left) wish.refuse(scope.door().ended());
        return wish.await();
    }

    private void leave() {
        left = true;
        for (var signal = signals.poll(); signal != null; signal = signals.poll())
            if (signal instanceof Signal.Asked(var wish)) wish.refuse(scope.door().ended());
    }
}
