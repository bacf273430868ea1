package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.RunStatus;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The runs that a scope has started: nested ones and spawned ones. */
final class Offspring {
    private static final int MOST_LIVE = 10_000;
    private static final int DEEPEST = 16;
    private static final int LONGEST_PATH = 512;

    private final LiveScope scope;
    private final Names names;
    private final AtomicInteger ordinal = new AtomicInteger();
    private final Map<Long, Child> live = new ConcurrentSkipListMap<>();

    private record Child(String name, LiveRun<?> run) {}

    Offspring(LiveScope scope, Names names) {
        this.scope = scope;
        this.names = names;
    }

    /** Runs it on a thread of its own and waits; an interrupt cancels it and waits all the same. */
    <I extends @Nullable Object, O extends @Nullable Object> RunResult<O> run(
            Workflow<I, O> workflow, I input) throws InterruptedException {
        var run =
                make(
                        new Target.OfWorkflow<>(workflow, input, ordinalName(workflow.name())),
                        Circumstances.plain());
        start(run, Scopes.busy());
        return joined(run);
    }

    <O extends @Nullable Object> RunResult<O> joined(LiveRun<O> run) throws InterruptedException {
        try (var _ =
                scope.door().listen(failure -> run.stop(new Interrupter.Stop.Failed(failure)))) {
            return RunThreads.joined(run);
        }
    }

    <I extends @Nullable Object, O extends @Nullable Object> RunHandle<O> spawn(
            Workflow<I, O> workflow, I input) {
        return spawn(ordinalName(workflow.name()), workflow, input, Circumstances.plain());
    }

    <I extends @Nullable Object, O extends @Nullable Object> LiveHandle<O> spawn(
            String name, Workflow<I, O> workflow, I input, Circumstances how) {
        var run = make(new Target.OfWorkflow<>(workflow, input, name), how);
        start(run, null);
        return new LiveHandle<>(run);
    }

    <O> LiveHandle<O> spawn(String name, Agent<O> agent, Task task, Circumstances how) {
        var run = make(new Target.OfAgent<>(agent, task, name), how);
        RunThreads.start(run, () -> new RunRoom<>(run).carryOut());
        return new LiveHandle<>(run);
    }

    private <O extends @Nullable Object> void start(LiveRun<O> run, Waits.@Nullable Busy busy) {
        RunThreads.start(run, () -> Scopes.onBehalf(busy, () -> carriedOut(run)));
    }

    /** Carries a workflow's run out on this thread. */
    static <O extends @Nullable Object> RunResult<O> carriedOut(LiveRun<O> run)
            throws InterruptedException {
        room(run).carryOut();
        return run.result();
    }

    private static WorkflowRoom<?> room(LiveRun<?> run) {
        var scope = run.scope();
        if (scope == null)
            throw new IllegalStateException("run " + run.id() + " carries out an agent");
        return scope.room();
    }

    /** The run with its first entries in the journal; nothing is left of one that is refused. */
    <O extends @Nullable Object> LiveRun<O> make(Target<O> target, Circumstances how) {
        names.take(target.as());
        return made(target, how);
    }

    /** As {@link #make} for the branch of a fan-out whose name was taken. */
    <O extends @Nullable Object> LiveRun<O> branch(Target<O> target) {
        names.taken(target.as());
        return made(target, Circumstances.plain());
    }

    /** Takes a name for what is no run itself. */
    void reserve(String name) {
        names.take(name);
    }

    void release(String name) {
        names.free(name);
    }

    private <O extends @Nullable Object> LiveRun<O> made(Target<O> target, Circumstances how) {
        try {
            checkRoom(target.as());
            return scope.door().through(() -> registered(target, how));
        } catch (RuntimeException e) {
            names.free(target.as());
            throw e;
        }
    }

    private <O extends @Nullable Object> LiveRun<O> registered(
            Target<O> target, Circumstances how) {
        var run = scope.engine().runtime().submit(target, scope.run(), how);
        live.put(run.birth().order(), new Child(target.as(), run));
        return run;
    }

    private void checkRoom(String name) {
        var path = scope.run().origin().path() + "/" + name;
        if (path.length() > LONGEST_PATH || path.split("/", -1).length > DEEPEST)
            throw new SkeinException(new Limit.Depth(path, DEEPEST));
        if (live.size() >= MOST_LIVE)
            throw new SkeinException(
                    new Limit.Spawns("live children of " + scope.run().origin().path(), MOST_LIVE));
    }

    /** It has ended; nobody was told yet. */
    void left(LiveRun<?> run, RunResult<?> result) {
        var child = live.remove(run.birth().order());
        if (child == null) return;
        names.free(child.name());
        if (result instanceof RunResult.Failed<?>(var failure, _) && linked(run))
            scope.run()
                    .stop(
                            new Interrupter.Stop.Failed(
                                    new RunFailure.Linked(run.origin().path(), failure)));
    }

    private static boolean linked(LiveRun<?> run) {
        return run.target() instanceof Target.OfWorkflow<?, ?> flow
                && flow.workflow().options().linked();
    }

    void link(LiveRun<?> a, LiveRun<?> b) {
        a.whenEnded(result -> fell(a, result, b));
        b.whenEnded(result -> fell(b, result, a));
    }

    private static void fell(LiveRun<?> one, RunResult<?> result, LiveRun<?> other) {
        if (result.isCompleted()) return;
        Failure because =
                result instanceof RunResult.Failed<?>(var failure, _)
                        ? failure
                        : new RunFailure.Canceled(one.id(), "it was canceled");
        other.stop(
                new Interrupter.Stop.Failed(new RunFailure.Linked(one.origin().path(), because)));
    }

    /** Calls it on a thread of this scope, once. */
    void monitor(LiveRun<?> target, Consumer<RunResult<?>> then) {
        target.whenEnded(result ->
                scope.aside()
                        .start(
                                "monitor of " + target.origin().path(),
                                () -> {
                                    then.accept(result);
                                    return true;
                                }));
    }

    boolean waiting() {
        return live.values().stream()
                .anyMatch(child -> child.run().status() == RunStatus.INPUT_REQUIRED);
    }

    Map<String, LiveRun<?>> runs() {
        var runs = new LinkedHashMap<String, LiveRun<?>>();
        live.values().forEach(child -> runs.put(child.name(), child.run()));
        return runs;
    }

    Map<String, RunHandle<?>> byName() {
        var handles = new LinkedHashMap<String, RunHandle<?>>();
        live.values().forEach(child -> handles.put(child.name(), new LiveHandle<>(child.run())));
        return handles;
    }

    private String ordinalName(String name) {
        return name + "-" + ordinal.incrementAndGet();
    }

    static <T> T unchecked(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(new RunFailure.Canceled("the work", "it was interrupted"), e);
        } catch (Exception e) {
            throw new SkeinException(
                    new Invalid.Call("The work threw " + e + ".", "Catch it there."), e);
        }
    }
}
