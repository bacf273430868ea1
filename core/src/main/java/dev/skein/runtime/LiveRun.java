package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.RunResult;
import dev.skein.agent.RunView;
import dev.skein.agent.Task;
import dev.skein.agent.Work;
import dev.skein.event.Cursor;
import dev.skein.event.Event;
import dev.skein.event.EventReader;
import dev.skein.event.Origin;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import dev.skein.model.Usage;
import dev.skein.name.Namespace;
import dev.skein.policy.RunLimits;
import dev.skein.session.SessionKey;
import dev.skein.session.Transcript;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A run that has an id: what it is, what it may spend, what it has done, and how to stop it. */
final class LiveRun<O> implements RunHandle<O> {
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
    private final Map<Long, LiveRun<?>> children = new ConcurrentSkipListMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Listening listening = new Listening(this, DeltaListener.none());
    private volatile @Nullable Conversation talk;
    private @Nullable Message lastKept;
    private @Nullable Ref lastRef;
    private volatile AgentShelf.@Nullable Parts parts;
    private volatile RunStatus status = RunStatus.SUBMITTED;
    private volatile @Nullable RunResult<O> result;

    /**
     * What a run is made of.
     *
     * @param askedByModel it was started while a tool call was served
     * @param order in which runs of this runtime were made
     */
    record Birth<O>(
            Agent<O> agent,
            Task task,
            @Nullable LiveRun<?> parent,
            String id,
            boolean askedByModel,
            long order) {}

    LiveRun(Engine engine, Birth<O> birth) {
        this.engine = engine;
        this.birth = birth;
        this.origin = Births.origin(engine, birth);
        this.limits = Births.limits(engine, birth);
        this.account = Births.account(engine, birth);
        this.ambience = Births.ambience(engine, birth, origin);
        this.started = engine.clock().instant();
        this.spool = new Spool(engine.ids());
        this.clock =
                new RunClock(
                        engine,
                        interrupter,
                        limits.deadline(),
                        birth.parent() == null ? null : birth.parent().clock);
        var parent = birth.parent();
        if (parent != null) parent.children.put(birth.order(), this);
    }

    /** The run's first entry. */
    void submitted() {
        var input = keep("application/json", birth.task().input().canonical());
        record(new RunEvent.RunSubmitted(agent().name(), input, null, clock.deadline()));
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
        if (!birth.task().options().session()) return null;
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

    Agent<O> agent() {
        return birth.agent();
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
        return new RunView(
                id(), origin.parent(), agent().name(), namespace(), depth(), clock.deadline());
    }

    /** Appends a fact of this run. */
    void record(Event event) {
        engine.append(origin, event);
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

    void status(RunStatus status) {
        this.status = status;
    }

    /** Spent by this run; its ancestors count it too. */
    void spent(Usage usage) {
        for (LiveRun<?> run = this; run != null; run = run.birth.parent())
            run.progress.spent(usage);
    }

    Work work() {
        var seen = progress.seen();
        return new Work(
                id(), seen.usage(), seen.turns(), clock.elapsed(), seen.model(), seen.partial());
    }

    /** The last step of a run: the journal has its end, now its waiters may. */
    void complete(RunResult<O> outcome, RunStatus endStatus) {
        var parent = birth.parent();
        if (parent != null) parent.children.remove(birth.order());
        result = outcome;
        status = endStatus;
        ended.countDown();
    }

    @Override
    public String id() {
        return birth.id();
    }

    @Override
    public RunStatus status() {
        return status;
    }

    @Override
    public RunInfo info() {
        return new RunInfo(
                id(),
                origin.parent(),
                agent().name(),
                namespace(),
                status,
                started,
                progress.usage());
    }

    @Override
    public O await() throws InterruptedException {
        return result().orThrow();
    }

    @Override
    public O await(Duration limit) throws InterruptedException {
        return within(limit).orThrow();
    }

    @Override
    public RunResult<O> result() throws InterruptedException {
        ended.await();
        return outcome();
    }

    @Override
    public EventReader events() {
        return engine.journal().read(new Cursor.OfRun(id(), 0));
    }

    @Override
    public void cancel(String reason) {
        interrupter.stop(
                new Interrupter.Stop.Canceled("handle", reason),
                () -> record(new RunEvent.CancelRequested("handle", reason)));
    }

    @Override
    public RunResult<O> stop(String reason, Duration limit) throws InterruptedException {
        cancel(reason);
        return within(limit);
    }

    private RunResult<O> within(Duration limit) throws InterruptedException {
        if (!awaitEnd(limit)) throw new SkeinException(new Limit.Wait("run " + id(), limit));
        return outcome();
    }

    private RunResult<O> outcome() {
        var outcome = result;
        if (outcome == null)
            throw new IllegalStateException("run " + id() + " ended without a result");
        return outcome;
    }
}
