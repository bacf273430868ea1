package dev.skein.runtime;

import dev.skein.agent.HarnessAgent;
import dev.skein.event.HarnessEvent;
import dev.skein.event.Ref;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.failure.Failure;
import dev.skein.failure.HarnessFailure;
import dev.skein.failure.SkeinException;
import dev.skein.harness.Harness;
import dev.skein.harness.Launch;
import dev.skein.harness.Note;
import dev.skein.harness.Report;
import dev.skein.harness.Seat;
import dev.skein.policy.Timekeeper;
import dev.skein.tool.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The agent of a live session that thinks elsewhere, over all its starts: what it was told and has
 * not seen, what it may call, what it reported and nobody has looked at yet. Reports are looked at
 * by the thread of the session's turns.
 */
final class Seating {
    /** Threads wait by it, whatever clock the runtime has. */
    private static final Timekeeper REAL = Timekeeper.system();

    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final LiveSession session;
    private final HarnessAgent<?> agent;
    private final Harness harness;
    private final Answers answers = new Answers();
    private final ReentrantLock lock = new ReentrantLock();
    private final Told told = new Told();
    private final OfferedTools tools;

    /** What nobody has looked at yet; empty: there is something new in the post. */
    private final LinkedBlockingDeque<Optional<Report>> news = new LinkedBlockingDeque<>();

    private @Nullable Seat seat;
    private @Nullable String conversation;
    private @Nullable SessionState before;
    private long epoch;
    private boolean gone;
    private boolean working;

    Seating(LiveSession session, HarnessAgent<?> agent) {
        this.session = session;
        this.agent = agent;
        this.tools = new OfferedTools(session);
        this.harness = session.scope().engine().seats().of(agent);
    }

    Answers answers() {
        return answers;
    }

    /**
     * Starts it, anew if it was there before: it goes on with its conversation and is told again
     * what it has not seen.
     */
    void start() throws InterruptedException {
        long fresh = begin();
        session.heard(new HarnessEvent.HarnessStarting(harness.id(), fresh));
        var launch =
                new Launch(
                        session.path(),
                        fresh,
                        agent,
                        session.machine().orElse(null),
                        session.scope().machines().place(fresh),
                        tools.atStart(),
                        conversation);
        var started =
                session.scope()
                        .engine()
                        .seats()
                        .start(
                                harness,
                                launch,
                                report -> hear(fresh, report),
                                session.options().startWithin());
        lock.lock();
        try {
            seat = started;
        } finally {
            lock.unlock();
        }
        sync();
        if (fresh > 1) tellAgain(started);
    }

    /** As {@link #start}, unless it is there still: then it is only told to go on. */
    void startAgain() throws InterruptedException {
        var now = seat();
        if (!isThere() || now == null || before != null) start();
        else if (told.isEmpty()) now.deliver(note("Your turn failed. Try again."));
    }

    /** What an earlier start reports from now on is not heard. */
    private long begin() {
        Seat old;
        long fresh;
        lock.lock();
        try {
            old = seat;
            seat = null;
            news.clear();
            before = null;
            gone = false;
            fresh = ++epoch;
        } finally {
            lock.unlock();
        }
        if (old != null) old.close();
        return fresh;
    }

    /** In the order in which it was told the first time. */
    private void tellAgain(Seat fresh) {
        var said = answers.unheard();
        boolean owed = working && told.isEmpty();
        if (!said.isEmpty() || owed)
            fresh.deliver(
                    note(
                            "You were started again and have your conversation."
                                    + said
                                    + (owed ? " Go on with what you were doing." : "")));
        for (var letter : told.all()) fresh.deliver(note(letter));
    }

    /** Of the engine's own. */
    Note note(String text) {
        return new Note(session.scope().engine().ids().next(), text, "skein");
    }

    /** It must go on without a new message: it was told something that it has not done. */
    boolean owes() {
        return working || !told.isEmpty();
    }

    /** Its conversation was given up; those who say so tell it again. */
    void forget(List<Letter> again) {
        conversation = null;
        for (var letter : again) told.seen(letter.id());
    }

    /** It can be spoken with. */
    boolean isThere() {
        lock.lock();
        try {
            return seat != null && !gone;
        } finally {
            lock.unlock();
        }
    }

    void working(boolean working) {
        this.working = working;
    }

    void deliver(Letter letter) {
        told.add(letter);
        var now = seat();
        if (now != null) now.deliver(note(letter));
    }

    private static Note note(Letter letter) {
        return new Note(letter.id(), letter.text(), letter.from());
    }

    @Nullable Seat seat() {
        lock.lock();
        try {
            return seat;
        } finally {
            lock.unlock();
        }
    }

    /** The tools of its definition, beside those of the session. */
    void ofAgent(List<ToolSpec> specs) {
        tools.ofAgent(specs);
        sync();
    }

    /** The agent knows the tools that there are now. */
    void sync() {
        var now = seat();
        if (now != null) tools.tell(now);
    }

    /** Something waits for it in the post. */
    void stir() {
        news.add(Optional.empty());
    }

    private void hear(long from, Report report) {
        lock.lock();
        try {
            if (from != epoch) return;
            gone |= report instanceof Report.Exited;
            news.add(Optional.of(report));
        } finally {
            lock.unlock();
        }
        session.stir();
    }

    boolean hasNews() {
        return !news.isEmpty();
    }

    /** The next thing to look at, or that the post has something; blocks. */
    Optional<Report> next() throws InterruptedException {
        if (before == null) return news.take();
        var grace = session.scope().engine().seats().linkGrace();
        var next = news.poll(grace.toNanos(), TimeUnit.NANOSECONDS);
        if (next != null) return next;
        throw new SkeinException(new HarnessFailure.LinkLost(session.path(), grace));
    }

    /**
     * Waits so long until it rests after its turn was stopped; of what it says till then nothing is
     * lost.
     */
    void awaitRest(Duration limit) {
        boolean interrupted = Thread.interrupted();
        long until = REAL.nanos() + limit.toNanos();
        try {
            while (true) {
                var next = news.poll(until - REAL.nanos(), TimeUnit.NANOSECONDS);
                if (next == null) return;
                next.filter(report -> !beginsTurn(report)).ifPresent(this::note);
                if (next.isPresent() && next.get() instanceof Report.Settled) return;
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /**
     * Looks at what it does beside its turns.
     *
     * @return whether it has begun a turn by itself
     * @throws SkeinException if it is lost
     */
    boolean attend() throws InterruptedException {
        while (before != null || !news.isEmpty()) {
            var next = next();
            if (next.isEmpty()) {
                if (before == null) return false;
                continue;
            }
            if (beginsTurn(next.get())) {
                news.addFirst(next);
                return true;
            }
            note(next.get());
        }
        return false;
    }

    private static boolean beginsTurn(Report report) {
        return report instanceof Report.TurnBegan
                || report instanceof Report.Called
                || report instanceof Report.Asked;
    }

    /**
     * What every report means, whenever it comes.
     *
     * @throws SkeinException if it says that the agent is gone
     */
    void note(Report report) {
        switch (report) {
            case Report.Ready(var version) ->
                    session.heard(new HarnessEvent.HarnessReady(harness.id(), version, epoch));
            case Report.Accepted(var id) -> accepted(id);
            case Report.Seen(var id) -> seen(id);
            case Report.Answered(var call) -> answers.heard(call);
            case Report.TurnBegan() -> session.heard(new HarnessEvent.HarnessBusy());
            case Report.Settled(var failure) ->
                    session.heard(
                            new HarnessEvent.HarnessIdle(
                                    failure == null ? "settled" : failure.code()));
            case Report.Said(var role, var text) ->
                    session.heard(new HarnessEvent.HarnessSaid(role, kept("text/plain", text)));
            case Report.Noted(var type, var data) ->
                    session.heard(
                            new HarnessEvent.HarnessReported(
                                    type, kept("application/json", data.canonical())));
            case Report.ConversationMoved(var id) -> conversation = id;
            case Report.LinkDown() -> linkDown();
            case Report.LinkUp() -> linkUp();
            case Report.Exited exited -> throw new SkeinException(exited(exited));
            case Report.Delta _, Report.Called _, Report.CallCanceled _, Report.Asked _ -> {}
        }
    }

    private Ref kept(String type, String text) {
        return session.scope().run().keep(type, text);
    }

    private void accepted(String id) {
        var letter = told.find(id);
        if (letter == null || letter.delivery() != AgentSession.Delivery.QUEUED) return;
        session.heard(new SessionEvent.MessageDelivered(id));
        letter.reached(AgentSession.Delivery.DELIVERED);
    }

    private void seen(String id) {
        var letter = told.seen(id);
        if (letter == null) return;
        session.heard(new SessionEvent.MessageSeen(id));
        letter.reached(AgentSession.Delivery.SEEN);
    }

    /** Nothing that it was told waits to be seen. */
    boolean sawAll() {
        return told.isEmpty();
    }

    private void linkDown() {
        if (before != null) return;
        before = session.state();
        session.heard(new HarnessEvent.LinkLost());
        session.change(SessionState.LOST, null);
    }

    private void linkUp() {
        var state = before;
        if (state == null) return;
        before = null;
        session.heard(new HarnessEvent.LinkResumed());
        session.change(state == SessionState.IDLE ? SessionState.IDLE : SessionState.WORKING, null);
    }

    private Failure exited(Report.Exited exited) {
        var starts = epoch == 1 ? "" : " after " + (epoch - 1) + " restarts";
        session.heard(
                new HarnessEvent.HarnessExited(
                        exited.code(), exited.signal(), kept("text/plain", exited.how())));
        var failure = new HarnessFailure.Exited(session.path(), exited.how() + starts);
        session.change(SessionState.LOST, failure);
        return failure;
    }

    /** It is told to leave, and ended if it does not. Blocks. Its messages that it has not seen. */
    List<Letter> end() {
        Seat last;
        lock.lock();
        try {
            epoch++; // nothing of it is heard from now on
            last = seat;
            seat = null;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            try (last) {
                last.stop("the session was closed", LEAVING);
            }
        }
        return told.all();
    }
}
