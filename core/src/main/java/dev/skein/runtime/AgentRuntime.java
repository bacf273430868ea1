package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.Journal;
import dev.skein.failure.Invalid;
import dev.skein.failure.Missing;
import dev.skein.failure.RuntimeFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.DeltaListener;
import dev.skein.name.NameRule;
import dev.skein.policy.Gather;
import dev.skein.session.SessionStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The engine: everything that runs, runs through {@link #run}. Thread-safe. Blocking calls may be
 * made from virtual and platform threads; interrupting the caller cancels what it waits for.
 */
public final class AgentRuntime implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.skein.runtime");
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

    private enum State {
        OPEN,
        DRAINING,
        CLOSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final ConcurrentHashMap<String, LiveRun<?>> live = new ConcurrentHashMap<>();
    private final AtomicLong order = new AtomicLong();
    private final Shutdown shutdown = new Shutdown(this);
    private final Engine engine;

    private AgentRuntime(RuntimeConfig config) {
        this.engine = new Opening(config).engine(this);
    }

    /** A runtime on {@link RuntimeConfig#defaults()}. */
    public static AgentRuntime open() {
        return open(RuntimeConfig.defaults());
    }

    /**
     * Checks everything, then opens what is needed.
     *
     * @throws SkeinException with one {@code invalid.config} that lists every finding, with {@code
     *     conflict.name}, or with why there is no control although it is required; what was opened
     *     so far is closed
     */
    public static AgentRuntime open(RuntimeConfig config) {
        var runtime = new AgentRuntime(config);
        try {
            if (config.stores().control().fromTheStart()) runtime.accompanied();
            return runtime;
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    /**
     * Runs the agent on the calling thread and waits for its end. Called from inside a run of this
     * runtime it makes a child of that run.
     *
     * @throws InterruptedException if the caller was interrupted; the run was canceled and its end
     *     is in the journal
     * @throws SkeinException if no run could be made: {@code runtime.closed}, {@code
     *     runtime.draining}
     */
    public <O> RunResult<O> run(Agent<O> agent, Task task) throws InterruptedException {
        return run(agent, task, DeltaListener.none());
    }

    /**
     * As {@link #run(Agent, Task)}, and hands the pieces of the answer to the listener while they
     * come in.
     */
    public <O> RunResult<O> run(Agent<O> agent, Task task, DeltaListener deltas)
            throws InterruptedException {
        var run = submit(agent, task);
        run.listen(deltas);
        return new RunRoom<>(run).carryOut();
    }

    /**
     * Runs the agent of that name, in any case.
     *
     * @throws SkeinException with {@code missing.agent} if the set has none
     */
    public RunResult<Json> run(String agent, Task task) throws InterruptedException {
        return run(agent, task, DeltaListener.none());
    }

    /** As {@link #run(String, Task)}, with a listener. */
    public RunResult<Json> run(String agent, Task task, DeltaListener deltas)
            throws InterruptedException {
        return encoded(agent(agent), task, deltas);
    }

    /** Runs the default agent, the first of the set. */
    public RunResult<Json> run(Task task) throws InterruptedException {
        var first = engine.config().agents().agents().stream().findFirst();
        return encoded(
                first.orElseThrow(() -> missing("the default agent")), task, DeltaListener.none());
    }

    /**
     * Starts a run on a thread of its own and does not wait; otherwise as {@link #run(Agent,
     * Task)}.
     */
    public <O> RunHandle<O> spawn(Agent<O> agent, Task task) {
        var run = submit(agent, task);
        RunThreads.start(run, () -> new RunRoom<>(run).carryOut());
        return new LiveHandle<>(run);
    }

    /**
     * Runs the workflow and waits: nested in the scope of this runtime that the thread works for,
     * otherwise as a root.
     *
     * @throws InterruptedException if the caller was interrupted; the run was canceled and is gone
     */
    public <I extends @Nullable Object, O extends @Nullable Object> RunResult<O> run(
            Workflow<I, O> workflow, I input) throws InterruptedException {
        var scope = Scopes.of(this);
        if (scope != null) return scope.offspring().run(workflow, input);
        return RunThreads.joined(root(workflow.name(), workflow, input));
    }

    /** Starts a root run of the workflow on a thread of its own and does not wait. */
    public <I extends @Nullable Object, O extends @Nullable Object> RunHandle<O> spawn(
            String name, Workflow<I, O> workflow, I input) {
        return new LiveHandle<>(root(name, workflow, input));
    }

    private <I extends @Nullable Object, O extends @Nullable Object> LiveRun<O> root(
            String name, Workflow<I, O> workflow, I input) {
        var target = new Target.OfWorkflow<>(workflow, input, NameRule.checked(name));
        checkOpen();
        accompanied();
        var run = submit(target, null, Circumstances.plain());
        RunThreads.start(run, () -> Offspring.carriedOut(run));
        return run;
    }

    private void accompanied() {
        shutdown.arm();
        engine.companions().start(this);
    }

    /** The live runs that have no parent, oldest first. */
    public List<RunHandle<?>> roots() {
        return live.values().stream()
                .filter(run -> run.parent() == null)
                .sorted(Comparator.comparingLong((LiveRun<?> run) -> run.birth().order()))
                .<RunHandle<?>>map(LiveHandle::new)
                .toList();
    }

    /**
     * Does the work for somebody outside of the program: entries name the caller {@code
     * external:tag}.
     *
     * @param tag 1 to 40 characters {@code [a-z0-9._-]}
     */
    public <T> T external(String tag, Callable<T> work) throws Exception {
        if (!tag.matches("[a-z0-9._-]{1,40}"))
            throw new SkeinException(
                    new Invalid.Call(
                            "'" + tag + "' is not a tag.", "Use 1 to 40 characters [a-z0-9._-]."));
        return Scopes.external(tag, work);
    }

    /** Runs the agent once per task, at most 100 at a time. */
    public <O> List<RunResult<O>> gather(Agent<O> agent, List<Task> tasks)
            throws InterruptedException {
        return gather(agent, tasks, Gather.standard());
    }

    /**
     * Runs the agent once per task. Results are in task order, one per task, always. Blocks;
     * interrupt cancels every slot.
     *
     * @throws SkeinException with {@code invalid.call} if two tasks have one id; nothing starts
     *     then
     */
    public <O> List<RunResult<O>> gather(Agent<O> agent, List<Task> tasks, Gather how)
            throws InterruptedException {
        return new Batch<>(engine, agent, tasks).run(how);
    }

    /** The agent of the set that has that name, in any case. */
    public Optional<Agent<?>> find(String name) {
        return engine.config().agents().agents().stream()
                .filter(agent -> agent.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The live run whose id begins like that, if it is only one. */
    public Optional<RunHandle<?>> findRun(String idPrefix) {
        var found =
                live.values().stream()
                        .filter(run -> run.id().startsWith(idPrefix))
                        .limit(2)
                        .toList();
        return found.size() == 1
                ? Optional.of(new LiveHandle<>(found.getFirst()))
                : Optional.empty();
    }

    public SessionStore sessions() {
        return engine.sessions();
    }

    public Journal journal() {
        return engine.journal();
    }

    public RuntimeConfig config() {
        return engine.config();
    }

    /** The model that agents without one of their own get, and why. */
    public ChosenModel chosenModel() throws InterruptedException {
        return engine.models().chosen();
    }

    /**
     * Which model is the standard one.
     *
     * @param reason such as "ANTHROPIC_API_KEY is set"
     */
    public record ChosenModel(String model, String reason) {}

    /**
     * Takes no new runs and waits for the live ones; false if some were still alive after that
     * time.
     */
    public boolean drain(Duration limit) throws InterruptedException {
        state.compareAndSet(State.OPEN, State.DRAINING);
        return awaitLive(limit);
    }

    /**
     * Takes no new runs, cancels the live ones, last started first, waits up to ten seconds for
     * them, then closes toolsets, models and stores. Twice is harmless.
     *
     * @throws SkeinException with {@code invalid.call} when called from inside one of its own runs
     */
    @Override
    public void close() {
        if (Lineage.current(this).isPresent())
            throw new SkeinException(
                    new Invalid.Call(
                            "A runtime was closed from inside one of its own runs.",
                            "Let the run return, then close the runtime outside."));
        shutdown.disarm();
        close(CLOSE_GRACE);
    }

    void close(Duration grace) {
        if (state.getAndSet(State.CLOSED) == State.CLOSED) return;
        live.values().stream()
                .filter(run -> run.parent() == null)
                .sorted(
                        Comparator.comparingLong((LiveRun<?> run) -> run.birth().order())
                                .reversed())
                .forEach(run -> run.cancel("runtime", "the runtime was closed"));
        boolean clean = awaitLiveUninterrupted(grace);
        live.values()
                .forEach(run ->
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "run "
                                        + run.id()
                                        + " of '"
                                        + run.name()
                                        + "' still runs after "
                                        + grace.toSeconds()
                                        + " s; its thread is left behind"));
        engine.close(clean);
    }

    void forget(LiveRun<?> run) {
        live.remove(run.id());
        engine.spawns().forget(run);
    }

    void log(LiveRun<?> run, Throwable thrown) {
        LOG.log(
                System.Logger.Level.ERROR,
                "run " + run.id() + " of '" + run.name() + "' threw",
                thrown);
    }

    private void checkOpen() {
        switch (state.get()) {
            case OPEN -> {}
            case DRAINING -> throw new SkeinException(new RuntimeFailure.Draining());
            case CLOSED -> throw new SkeinException(new RuntimeFailure.Closed());
        }
    }

    private <O> LiveRun<O> submit(Agent<O> agent, Task task) {
        checkOpen();
        return submit(
                new Target.OfAgent<>(agent, task, agent.name()),
                Lineage.current(this).orElse(null),
                Circumstances.plain());
    }

    /** A run that is in the journal; of a workflow one that is admitted and has started. */
    <O extends @Nullable Object> LiveRun<O> submit(
            Target<O> target, @Nullable LiveRun<?> parent, Circumstances circumstances) {
        boolean workflow = target instanceof Target.OfWorkflow<?, ?>;
        if (workflow && parent != null) Admission.workflow(parent);
        boolean askedByModel = parent != null && circumstances.desk() == null && Serving.toolCall();
        var place = circumstances.place();
        var birth =
                new LiveRun.Birth<>(
                        target,
                        parent,
                        engine.ids().next(),
                        askedByModel,
                        place == null ? order.incrementAndGet() : place,
                        circumstances);
        var run = new LiveRun<>(engine, birth);
        live.put(run.id(), run);
        run.submitted();
        if (workflow) run.started();
        if (state.get() == State.CLOSED) run.cancel("runtime", "the runtime was closed");
        return run;
    }

    private <O> RunResult<Json> encoded(Agent<O> agent, Task task, DeltaListener deltas)
            throws InterruptedException {
        return run(agent, task, deltas).map(agent.output()::encode);
    }

    private Agent<?> agent(String name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    private SkeinException missing(String name) {
        var known = engine.config().agents().agents().stream().<String>map(Agent::name).toList();
        return new SkeinException(new Missing.Agent(name, known));
    }

    private boolean awaitLive(Duration limit) throws InterruptedException {
        long until = engine.time().nanos() + limit.toNanos();
        for (var run : live.values()) {
            var left = Duration.ofNanos(until - engine.time().nanos());
            if (left.isNegative() || !run.awaitEnd(left)) return false;
        }
        return true;
    }

    private boolean awaitLiveUninterrupted(Duration grace) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return awaitLive(grace);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
