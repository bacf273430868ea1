package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.RunResult;
import dev.skein.agent.RunView;
import dev.skein.agent.Task;
import dev.skein.agent.Work;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Origin;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import dev.skein.model.Usage;
import dev.skein.name.Namespace;
import dev.skein.policy.RunLimits;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import dev.skein.session.Transcript;
import dev.skein.tool.TrustLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run that has an id: what it is, what it may spend, what it has done, and how to stop it. */
final class LiveRun<O extends @Nullable Object> {
    private final Engine engine;
    private final Birth<O> birth;
    private final Origin origin;
    private final RunLimits limits;
    private final Account account;
    private final Ambience ambience;
    private final Instant started;
    private final RunClock clock;
    private final Interrupter interrupter = new Interrupter();
    private final Progress progress = new Progress();
    private final Spool spool;
    private final @Nullable LiveScope scope;
    private final Map<Long, LiveRun<?>> children = new ConcurrentSkipListMap<>();
    private final Queue<Consumer<RunResult<?>>> watchers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Listening listening = new Listening(this, DeltaListener.none());
    private volatile @Nullable Conversation talk;
    private @Nullable Message lastKept;
    private @Nullable Ref lastRef;
    private volatile AgentShelf.@Nullable Parts parts;
    private volatile RunStatus status = RunStatus.SUBMITTED;
    private final RunEntries entries;
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile @Nullable RunResult<O> result;

    /**
     * What a run is made of.
     *
     * @param askedByModel it was started while a tool call was served
     * @param order in which runs of this runtime were made
     */
    record Birth<O extends @Nullable Object>(
            Target<O> target,
            @Nullable LiveRun<?> parent,
            String id,
            boolean askedByModel,
            long order,
            Circumstances circumstances) {}

    LiveRun(Engine engine, Birth<O> birth) {
        this.engine = engine;
        this.birth = birth;
        this.origin = Births.origin(engine, birth);
        this.entries = new RunEntries(engine, origin);
        this.limits = Births.limits(engine, birth);
        this.account = Births.account(engine, birth);
        this.ambience = Births.ambience(engine, birth, origin);
        this.started = engine.clock().instant();
        this.spool = new Spool(engine.ids());
        var parent = birth.parent();
        this.clock =
                new RunClock(
                        engine,
                        () -> stop(new Interrupter.Stop.Deadline()),
                        Births.time(birth, limits),
                        parent == null ? null : parent.clock);
        this.scope = birth.target() instanceof Target.OfWorkflow<?, ?> ? new LiveScope(this) : null;
        if (parent != null) parent.children.put(birth.order(), this);
    }

    /** The run's first entry. */
    void submitted() {
        var input = keep("application/json", target().input().canonical());
        var deadline = clock.limited() ? clock.deadline() : null;
        record(new RunEvent.RunSubmitted(name(), input, null, deadline));
    }

    /** Of a workflow: its second entry. */
    void started() {
        status = RunStatus.WORKING;
        int attempt = birth.circumstances().attempt();
        record(new RunEvent.RunStarted("workflow", attempt, TrustLevel.HIGH));
    }

    /** Who gets the pieces of the answer; before the run begins. */
    void listen(DeltaListener deltas) {
        listening = new Listening(this, deltas);
    }

    Listening listening() {
        return listening;
    }

    /** From now on others may see what was said in it. */
    void talksIn(Conversation talk) {
        this.talk = talk;
    }

    /** What was said in the run and its stored conversation so far. */
    List<Message> history() {
        var known = talk;
        return known == null ? List.of() : known.said();
    }

    /** Its stored conversation; null if it has none. */
    @Nullable SessionKey sessionKey() {
        var desk = desk();
        if (desk != null) return desk.key();
        if (!task().options().session()) return null;
        boolean shared = engine.config().agents().sharedThread();
        return new SessionKey(namespace(), shared ? null : agent().name());
    }

    boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean belongsTo(AgentRuntime runtime) {
        return engine.runtime() == runtime;
    }

    Engine engine() {
        return engine;
    }

    Birth<O> birth() {
        return birth;
    }

    Target<O> target() {
        return birth.target();
    }

    /** The agent's or the workflow's. */
    String name() {
        return birth.target().name();
    }

    /** Of a run that carries out an agent. */
    Agent<O> agent() {
        return ofAgent().agent();
    }

    Task task() {
        return ofAgent().task();
    }

    private Target.OfAgent<O> ofAgent() {
        if (birth.target() instanceof Target.OfAgent<O> agent) return agent;
        throw new IllegalStateException("run " + id() + " carries out a workflow");
    }

    /** Of a run that carries out a workflow; else null. */
    @Nullable LiveScope scope() {
        return scope;
    }

    /** Of a turn of a live session; else null. */
    @Nullable Desk desk() {
        return birth.circumstances().desk();
    }

    /** Where its conversation is kept. */
    SessionStore conversations() {
        var desk = desk();
        return desk == null ? engine.sessions() : desk.store();
    }

    @Nullable LiveRun<?> parent() {
        return birth.parent();
    }

    Origin origin() {
        return origin;
    }

    Namespace namespace() {
        return origin.namespace();
    }

    RunLimits limits() {
        return limits;
    }

    Account account() {
        return account;
    }

    Ambience ambience() {
        return ambience;
    }

    RunClock clock() {
        return clock;
    }

    Interrupter interrupter() {
        return interrupter;
    }

    /** Somebody has asked for its end; what fails now, fails because of that. */
    boolean stopping() {
        return interrupter.reason() != null || Thread.currentThread().isInterrupted();
    }

    /** The code that belongs to its agent. */
    AgentShelf.Parts parts() {
        var known = parts;
        if (known != null) return known;
        var found = engine.agents().of(agent());
        parts = found;
        return found;
    }

    /** The outputs that were too large to be shown; gone with the run. */
    Spool spool() {
        return spool;
    }

    Progress progress() {
        return progress;
    }

    Iterable<LiveRun<?>> childrenNewestFirst() {
        return ((ConcurrentSkipListMap<Long, LiveRun<?>>) children).descendingMap().values();
    }

    int depth() {
        int depth = 0;
        for (var above = birth.parent(); above != null; above = above.birth.parent()) depth++;
        return depth;
    }

    RunView view() {
        return new RunView(id(), origin.parent(), name(), namespace(), depth(), clock.deadline());
    }

    /** Appends a fact of this run; of one that has ended {@code run.ended}. */
    Entry record(Event event) {
        var entry = entries.append(event);
        var desk = desk();
        if (desk != null) desk.heard(entry);
        return entry;
    }

    void recordEnd(Event event) {
        entries.appendEnd(event);
    }

    /** Whoever gets true ends the run; nobody else does. */
    boolean claimEnd() {
        return ending.compareAndSet(false, true);
    }

    Ref keep(String mediaType, String text) {
        return engine.keep(id(), mediaType, text);
    }

    /**
     * Keeps a message; the same one twice in a row is written once. Only the run's own thread keeps
     * messages.
     */
    Ref keep(Message message) {
        if (!message.equals(lastKept)) {
            lastRef = keep("application/json", Transcript.json(message));
            lastKept = message;
        }
        return Objects.requireNonNull(lastRef);
    }

    void status(RunStatus next) {
        if (status.mayBecome(next)) status = next;
    }

    /** Spent by this run; its ancestors count it too. */
    void spent(Usage usage) {
        for (LiveRun<?> run = this; run != null; run = run.birth.parent())
            run.progress.spent(usage);
    }

    Work work() {
        var seen = progress.seen();
        return new Work(
                id(),
                seen.usage(),
                seen.turns(),
                clock.elapsed(),
                seen.model(),
                seen.partial(),
                seen.suppressed());
    }

    /** The last step of a run: the journal has its end, now its waiters may. */
    void complete(RunResult<O> outcome, RunStatus endStatus) {
        var parent = birth.parent();
        if (parent != null) parent.children.remove(birth.order());
        if (parent != null && parent.scope != null) parent.scope.offspring().left(this, outcome);
        result = outcome;
        status = endStatus;
        ended.countDown();
        watchers.forEach(watcher -> watcher.accept(outcome));
        watchers.clear();
    }

    /** Calls it on some thread when the run has ended, at once if it has; short. */
    void whenEnded(Consumer<RunResult<?>> watcher) {
        var once = new AtomicBoolean();
        Consumer<RunResult<?>> first =
                outcome -> {
                    if (once.compareAndSet(false, true)) watcher.accept(outcome);
                };
        watchers.add(first);
        var outcome = result;
        if (outcome != null) {
            watchers.remove(first);
            first.accept(outcome);
        }
    }

    String id() {
        return birth.id();
    }

    RunStatus status() {
        return status == RunStatus.WORKING && scope != null && scope.waitsForHuman()
                ? RunStatus.INPUT_REQUIRED
                : status;
    }

    RunInfo info() {
        return new RunInfo(
                origin,
                status(),
                birth.circumstances().attempt(),
                started,
                clock.limited() ? clock.deadline() : null,
                birth.circumstances().previous(),
                progress.usage());
    }

    /** Waits for the end; never throws for a failure of the run. */
    RunResult<O> result() throws InterruptedException {
        ended.await();
        return outcome();
    }

    void cancel(String by, String reason) {
        stop(new Interrupter.Stop.Canceled(by, reason));
    }

    /** Asks it to end and returns; the first reason counts. */
    void stop(Interrupter.Stop reason) {
        if (scope != null) scope.room().stop(reason);
        else if (interrupter.stop(reason, () -> announce(reason))) new RunRoom<>(this).watch();
    }

    void announce(Interrupter.Stop reason) {
        switch (reason) {
            case Interrupter.Stop.Canceled(var by, var why) ->
                    record(new RunEvent.CancelRequested(by, why));
            case Interrupter.Stop.Deadline(), Interrupter.Stop.Failed(_) -> {}
        }
    }

    RunResult<O> outcome() {
        var outcome = result;
        if (outcome == null)
            throw new IllegalStateException("run " + id() + " ended without a result");
        return outcome;
    }
}
