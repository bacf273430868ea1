package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.HarnessAgent;
import dev.skein.event.Cursor;
import dev.skein.event.Event;
import dev.skein.event.EventReader;
import dev.skein.event.Origin;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.failure.Failure;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.machine.ExecResult;
import dev.skein.machine.Machine;
import dev.skein.policy.Watch;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import dev.skein.tool.ContextHandler;
import dev.skein.tool.Handler;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.Toolset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A live session of an agent. As long as it has something to do a thread of its own runs its turns,
 * each a run of the agent on the session's conversation; else it holds none.
 */
final class LiveSession implements AgentSession {
    private final LiveScope scope;
    private final Sessions.Opened opened;
    private final Origin origin;
    private final Post post;
    private final SessionTools tools;
    private final Peers peers;
    private final Attention attention;
    private final Questions questions;
    private final Workspace files;
    private final Waits.Busy busy;
    private final Standing standing = new Standing(this::record);
    private final ReentrantLock lock = standing.lock();
    private final Departure departure = new Departure(this);
    private final @Nullable Seating seating;
    private final Turning.Kept kept = Turning.Kept.nothing();
    private @Nullable Turning turning;

    LiveSession(LiveScope scope, Sessions.Opened opened) {
        this.scope = scope;
        this.opened = opened;
        this.origin = opened.origin(scope.run().origin());
        this.busy = new Waits.Busy(origin.path());
        this.post = new Post(origin.path());
        this.tools = new SessionTools(this);
        this.peers = new Peers(this);
        this.attention = new Attention(this, opened.options().watches());
        this.questions = new Questions(this);
        this.files = new Workspace(origin.path());
        this.seating =
                opened.agent() instanceof HarnessAgent<?> elsewhere
                        ? new Seating(this, elsewhere)
                        : null;
    }

    LiveScope scope() {
        return scope;
    }

    Waits.Busy busy() {
        return busy;
    }

    SessionKey key() {
        return opened.key();
    }

    SessionStore store() {
        return opened.store();
    }

    Options options() {
        return opened.options();
    }

    Post post() {
        return post;
    }

    SessionTools tools() {
        return tools;
    }

    Peers peers() {
        return peers;
    }

    Questions questions() {
        return questions;
    }

    Attention attention() {
        return attention;
    }

    Standing standing() {
        return standing;
    }

    /** Of an agent that thinks elsewhere; null: it thinks here. */
    @Nullable Seating seating() {
        return seating;
    }

    Seating elsewhere() {
        return Objects.requireNonNull(seating, "its agent thinks here");
    }

    Workspace files() {
        return files;
    }

    @Override
    public Path workspace() {
        return files.folder();
    }

    /** Appends a fact of this session. */
    void record(Event event) {
        scope.engine().append(origin, event);
    }

    /** As {@link #record}, of what was heard of its agent. */
    void heard(Event event) {
        attention.heard(scope.engine().append(origin, event));
    }

    SessionMachine place() {
        return opened.machine();
    }

    @Override
    public Optional<Machine> machine() {
        return place().machine();
    }

    @Override
    public ExecResult exec(String command, Duration limit) throws InterruptedException {
        checkOpen();
        return place().exec(this, command, limit);
    }

    @Override
    public String name() {
        return opened.name();
    }

    @Override
    public String path() {
        return origin.path();
    }

    @Override
    public Agent<?> agent() {
        return opened.agent();
    }

    @Override
    public SessionState state() {
        return standing.state();
    }

    /** Its agent can receive from now on. */
    void started() {
        record(new SessionEvent.SessionOpened(name(), agent().name(), opened.incarnation()));
        lock.lock();
        try {
            change(SessionState.IDLE, null);
            if (seating != null && seating.hasNews()) begin();
        } finally {
            lock.unlock();
        }
        attention.begin();
    }

    /** Only as states may follow each other; false: it stays as it is. */
    boolean change(SessionState to, @Nullable Failure cause) {
        return standing.change(to, cause);
    }

    @Override
    public Sent send(String text, Mode mode) {
        scope.door().check();
        return post(new Letter.Content(caller(), Texts.message(text), mode, null));
    }

    String caller() {
        return Scopes.caller(scope.engine().runtime());
    }

    Letter post(Letter.Content content) {
        var letter = new Letter(scope.engine().ids().next(), content);
        attention.sent(letter); // it looks at the session, so never under the lock
        lock.lock();
        try {
            checkLive();
            var text = scope.run().keep("text/plain", letter.text());
            var mode = letter.mode().name().toLowerCase(Locale.ROOT);
            if (seating != null) letter.reached(Delivery.QUEUED);
            post.add(
                    letter,
                    () ->
                            record(
                                    new SessionEvent.MessageSent(
                                            letter.id(), letter.from(), mode, text)));
            wake();
        } finally {
            lock.unlock();
        }
        return letter;
    }

    private void checkLive() {
        if (!standing.isLive())
            throw new SkeinException(new RunFailure.Ended(path(), "the session was closed", null));
    }

    /** Under the lock: sees to it that somebody does what is to be done. */
    private void wake() {
        if (seating != null) seating.stir();
        if (turning != null || state() == SessionState.STARTING) return;
        change(SessionState.WORKING, null);
        begin();
    }

    private void begin() {
        var fresh = new Turning(this, kept);
        turning = fresh;
        fresh.start();
    }

    /** Its agent, which thinks elsewhere, has done something that wants to be looked at. */
    void stir() {
        lock.lock();
        try {
            if (turning == null && state() == SessionState.IDLE) begin();
        } finally {
            lock.unlock();
        }
    }

    void toolsChanged() {
        if (seating != null) seating.sync();
    }

    /** Nothing is left to do; false: there is. */
    boolean settled() {
        lock.lock();
        try {
            boolean news = !post.isEmpty() || (seating != null && seating.hasNews());
            if (news && state() != SessionState.STOPPING) return false;
            turning = null;
            change(SessionState.IDLE, null);
        } finally {
            lock.unlock();
        }
        attention.settled();
        return true;
    }

    @Override
    public <T> T ask(String text, Class<T> type, Duration limit) throws InterruptedException {
        Workflow.Options.positive("limit", limit);
        scope.door().check();
        return questions.ask(Texts.message(text), type, limit);
    }

    @Override
    public <A> void on(String tool, String description, Class<A> arguments, Handler<A> handler) {
        on(tool, description, arguments, (A value, ToolContext _) -> handler.handle(value));
    }

    @Override
    public <A> void on(
            String tool, String description, Class<A> arguments, ContextHandler<A> handler) {
        on(RawTool.of(tool, description, arguments, handler));
    }

    @Override
    public void on(Tool tool) {
        checkOpen();
        tools.give(LiveScope.patient(tool));
    }

    @Override
    public void on(Toolset more) throws InterruptedException {
        for (var tool : more.tools(() -> {})) on(tool);
    }

    @Override
    public void off(String tool) {
        checkOpen();
        tools.withdraw(tool);
    }

    void give(List<Tool> more) {
        checkOpen();
        more.forEach(tools::give);
    }

    void take(List<Tool> less) {
        for (var tool : less) tools.withdraw(tool.spec().name());
    }

    private void checkOpen() {
        scope.door().check();
        checkLive();
    }

    @Override
    public void watch(Watch watch) {
        checkOpen();
        attention.add(watch);
    }

    @Override
    public void interrupt(String reason) {
        var now = turning();
        if (now != null) now.cancel(caller(), reason);
    }

    @Override
    public EventReader events(long afterSeq) {
        return scope.engine().journal().read(new Cursor.OfSession(origin.run(), path(), afterSeq));
    }

    @Override
    public void close() throws InterruptedException {
        try (var _ = scope.engine().waits().enter(Scopes.busy(), busy)) {
            stop();
            departure.await();
        }
    }

    /** Tells it to stop and returns. */
    void stop() {
        departure.stop();
    }

    void awaitEnd() {
        departure.awaitEnd();
    }

    /** Gone for good, for that reason, which is the scope's too unless it is optional. */
    void lost(Failure failure) {
        change(SessionState.LOST, failure);
        finish(failure);
        if (!options().optional()) scope.lost(this, failure);
    }

    void finish(@Nullable Failure cause) {
        departure.finish(cause);
    }

    /** Lets calls under way finish for a while. */
    void drain(Duration limit) {
        standing.drain(limit);
    }

    Desk.Pause calls() {
        return standing.calls();
    }

    Desk.Pause waiting() {
        return standing.waiting();
    }

    @Nullable Turning turning() {
        lock.lock();
        try {
            return turning;
        } finally {
            lock.unlock();
        }
    }
}
