package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.Event;
import dev.skein.event.EventReader;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.machine.Image;
import dev.skein.machine.Machine;
import dev.skein.tool.ContextHandler;
import dev.skein.tool.Handler;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolLimits;
import dev.skein.tool.Toolset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The scope of one run of a workflow: its rooms, and the way into each of them. */
final class LiveScope implements Scope {
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private final LiveRun<?> run;
    private final Door door;
    private final Outcome outcome;
    private final WorkflowRoom<?> room;
    private final Offspring offspring;
    private final Sessions sessions;
    private final Machines machines;
    private final Endpoints endpoints;
    private final Bubbles bubbles;
    private final Aside aside;

    LiveScope(LiveRun<?> run) {
        this.run = run;
        var path = run.origin().path();
        var names = new Names(path);
        this.door = new Door(path);
        this.outcome = new Outcome(run);
        this.room = new WorkflowRoom<>(run, this);
        this.offspring = new Offspring(this, names);
        this.sessions = new Sessions(this, names);
        this.machines = new Machines(this);
        this.endpoints = new Endpoints(this);
        this.bubbles = new Bubbles(run);
        this.aside = new Aside(this);
    }

    LiveRun<?> run() {
        return run;
    }

    Engine engine() {
        return run.engine();
    }

    Door door() {
        return door;
    }

    WorkflowRoom<?> room() {
        return room;
    }

    Offspring offspring() {
        return offspring;
    }

    Sessions live() {
        return sessions;
    }

    Machines machines() {
        return machines;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    Aside aside() {
        return aside;
    }

    /** Everything that the scope owns ends; the door is shut. */
    void end() {
        var cleanup = new Cleanup(run, run.origin().path());
        cleanup.step("calls", endpoints::drain);
        cleanup.step("tools", sessions::drain);
        cleanup.step("children", () -> new Endings<>(run).children(true));
        cleanup.step("endpoints", endpoints::close);
        sessions.close(cleanup);
        machines.close(cleanup);
        cleanup.step("monitors", aside::close);
        cleanup.step("bubbles", bubbles::drain);
    }

    /** What runs for the scope beside its body is interrupted. */
    void interruptCalls() {
        endpoints.interrupt();
        sessions.interrupt();
        aside.interrupt();
    }

    /** A session is gone for good. */
    void lost(LiveSession session, Failure failure) {
        if (door.isShut()) return;
        outcome.fail(session.path(), failure);
        door.lose(failure);
    }

    boolean waitsForHuman() {
        return sessions.waiting() || offspring.waiting();
    }

    /** What it may be waiting for, for who wonders. */
    String standing() {
        return sessions.standing();
    }

    @Override
    public AgentSession open(String name, Agent<?> agent, AgentSession.Options options)
            throws InterruptedException {
        return sessions.open(name, agent, options);
    }

    @Override
    public Machine machine() throws InterruptedException {
        return machines.spawn(machines.image());
    }

    @Override
    public Machine machine(Image image) throws InterruptedException {
        return machines.spawn(image);
    }

    @Override
    public void connect(AgentSession from, AgentSession to, Direction direction) {
        door.check();
        var one = Lent.live(from);
        var other = Lent.live(to);
        Peers.connect(one, other);
        if (direction == Direction.BOTH) Peers.connect(other, one);
    }

    @Override
    public void disconnect(AgentSession from, AgentSession to) {
        door.check();
        Peers.disconnect(Lent.live(from), Lent.live(to));
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> O run(
            Workflow<I, O> workflow, I input) throws InterruptedException {
        return offspring.run(workflow, input).orThrow();
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> List<O> each(
            String name, List<? extends I> items, int limit, Workflow<I, O> branch)
            throws InterruptedException {
        return new Each<>(this, name, branch).of(items, limit);
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> RunHandle<O> spawn(
            Workflow<I, O> workflow, I input) {
        return offspring.spawn(workflow, input);
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> RunHandle<O> spawn(
            String name, Workflow<I, O> workflow, I input) {
        return offspring.spawn(name, workflow, input, Circumstances.plain());
    }

    @Override
    public <O> RunHandle<O> spawn(String name, Agent<O> agent, Task task) {
        return offspring.spawn(name, agent, task, Circumstances.plain());
    }

    @Override
    public Runnable bind(Runnable body) {
        Callable<Boolean> work =
                () -> {
                    body.run();
                    return true;
                };
        return () -> Offspring.unchecked(within(work));
    }

    /** The work as a part of this scope, on any thread. */
    <T> Callable<T> within(Callable<T> work) {
        return Lineage.bind(run, () -> Scopes.within(this, work));
    }

    @Override
    public long emit(String type, @Nullable Object data) {
        var event = Emission.of(type, data);
        return door.saying(() -> record(event));
    }

    /** Appends a fact of the workflow. */
    long record(Event event) {
        return run.record(event).number();
    }

    @Override
    public Bubble bubble(RunHandle<?> child) {
        door.check();
        return bubbles.start(LiveHandle.of(child), null);
    }

    @Override
    public Bubble bubble(RunHandle<?> child, String source) {
        door.check();
        return bubbles.start(LiveHandle.of(child), source);
    }

    @Override
    public <A> void expose(String name, String description, Class<A> arguments, Handler<A> body) {
        expose(name, description, arguments, (A value, ToolContext _) -> body.handle(value));
    }

    @Override
    public <A> void expose(
            String name, String description, Class<A> arguments, ContextHandler<A> body) {
        endpoints.expose(RawTool.of(name, description, arguments, body));
    }

    @Override
    public void expose(Tool tool) {
        endpoints.expose(tool);
    }

    @Override
    public void expose(Toolset tools) throws InterruptedException {
        for (var tool : tools.tools(() -> {})) endpoints.expose(tool);
    }

    @Override
    public void withdraw(String endpoint) {
        endpoints.withdraw(endpoint);
    }

    @Override
    public void ready() {
        door.check();
        endpoints.ready();
    }

    @Override
    public boolean done(@Nullable Object value) {
        return door.saying(() -> outcome.done(value));
    }

    @Override
    public boolean fail(String reason) {
        return fail(new RunFailure.Failed(reason, "", false));
    }

    @Override
    public boolean fail(String label, String reason) {
        if (!LABEL.matcher(label).matches())
            throw new SkeinException(
                    new Invalid.Call(
                            "'" + label + "' is not a label.",
                            "Use 1 to 40 characters [a-z][a-z0-9_]*."));
        return fail(
                label.equals("gave_up")
                        ? new RunFailure.GaveUp(reason)
                        : new RunFailure.Failed(reason, label, false));
    }

    @Override
    public boolean fail(Failure failure) {
        return door.saying(() -> outcome.fail("fail", failure));
    }

    @Override
    public <T> @Nullable T await(Class<T> type) throws InterruptedException {
        awaited();
        return outcome.await(type);
    }

    @Override
    public <T> @Nullable T await(Class<T> type, Duration limit) throws InterruptedException {
        Workflow.Options.positive("limit", limit);
        awaited();
        return outcome.await(type, limit, "'" + run.origin().path() + "'; " + standing());
    }

    /** Says {@link #ready()}; what was decided before a session was lost is still the outcome. */
    private void awaited() {
        door.checkNotShut();
        endpoints.ready();
    }

    @Override
    public void link(RunHandle<?> a, RunHandle<?> b) {
        door.check();
        offspring.link(LiveHandle.of(a), LiveHandle.of(b));
    }

    @Override
    public void monitor(RunHandle<?> target, Consumer<RunResult<?>> then) {
        door.check();
        offspring.monitor(LiveHandle.of(target), then);
    }

    @Override
    public RunInfo info() {
        return run.info();
    }

    @Override
    public Map<String, AgentSession> sessions() {
        return sessions.byName();
    }

    @Override
    public Map<String, RunHandle<?>> children() {
        return offspring.byName();
    }

    @Override
    public EventReader events() {
        return new LiveHandle<>(run).events();
    }

    /** The default of a handler: 10 minutes. */
    static Tool patient(Tool tool) {
        var standard = ToolLimits.standard().timeout();
        return tool.spec().limits().timeout().equals(standard)
                ? tool.within(Duration.ofMinutes(10))
                : tool;
    }
}
