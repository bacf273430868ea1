package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.Contract;
import dev.skein.agent.HarnessAgent;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.SessionState;
import dev.skein.failure.Failure;
import dev.skein.failure.OutputFailure;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.JsonType;
import dev.skein.policy.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs the turns of a live session one after another until nothing is left to do. */
final class Turning {
    private final LiveSession session;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Kept kept;

    /** Messages of earlier turns that are to be seen or answered yet. */
    private List<Letter> owed = List.of();

    private @Nullable LiveRun<?> run;
    private boolean stopping;

    /** What follows a turn: nothing, another with the same conversation, or one without it. */
    private enum Next {
        REST,
        AGAIN,
        ANEW
    }

    /** What a session knows of its turns before. Used by the thread of its turns only. */
    record Kept(Losses losses, Repeats repeats) {
        static Kept nothing() {
            return new Kept(new Losses(), new Repeats());
        }
    }

    Turning(LiveSession session, Kept kept) {
        this.session = session;
        this.kept = kept;
        this.thread = Thread.ofVirtual().name("skein:" + session.path()).unstarted(this::carryOut);
    }

    void start() {
        thread.start();
    }

    Thread thread() {
        return thread;
    }

    /** The run of its turn has ended, and its thread does not know of it. */
    boolean wasLeftBehind() {
        lock.lock();
        try {
            return run != null && run.status().ended();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the turn that runs; a session that stops has no other. */
    void cancel(String by, String reason) {
        LiveRun<?> now;
        lock.lock();
        try {
            stopping |= session.state() == SessionState.STOPPING;
            now = run;
        } finally {
            lock.unlock();
        }
        if (now != null) now.cancel(by, reason);
        else if (session.state() == SessionState.STOPPING) thread.interrupt();
    }

    private void carryOut() {
        try {
            boolean again = false;
            do {
                while (!stopping()) {
                    boolean asked = again || begun();
                    var batch = again ? List.<Letter>of() : session.post().batch();
                    if (batch.isEmpty() && !asked) break;
                    again = turn(batch);
                }
            } while (!stopping() && !session.settled());
        } catch (InterruptedException e) {
            session.change(SessionState.STOPPING, null); // by whom it was interrupted
        } catch (RuntimeException e) {
            session.lost(
                    Failures.of("Session '" + session.path() + "'", e, session.scope().run().id()));
        }
        if (session.state() == SessionState.STOPPING) session.finish(null);
    }

    /** Whether an agent that thinks elsewhere has begun a turn by itself. */
    private boolean begun() throws InterruptedException {
        var seating = session.seating();
        while (seating != null && !stopping()) {
            try {
                return seating.attend();
            } catch (SkeinException e) {
                if (failed(e.failure(), owed) == Next.AGAIN) return true;
            }
        }
        return false;
    }

    private boolean stopping() {
        lock.lock();
        try {
            return stopping || session.state().compareTo(SessionState.STOPPING) >= 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it must be tried again without a new message. */
    private boolean turn(List<Letter> batch) throws InterruptedException {
        var asked = batch.isEmpty() ? owed : batch;
        var desk = new TurnDesk(session, batch, owed, kept.repeats());
        var result = carriedOut(agent(asked), desk, batch);
        var next =
                switch (result) {
                    case RunResult.Completed<?> _ -> Next.REST;
                    case RunResult.Canceled<?> _ -> Next.REST;
                    case RunResult.Failed<?>(var failure, _) -> failed(failure, asked);
                };
        if (next == Next.REST) session.questions().answered(result, desk.letters());
        owed =
                switch (next) {
                    case REST -> desk.unseen();
                    case AGAIN -> desk.letters();
                    case ANEW -> List.of();
                };
        return next == Next.AGAIN;
    }

    private <O> RunResult<O> carriedOut(Agent<O> agent, TurnDesk desk, List<Letter> batch)
            throws InterruptedException {
        var text = batch.isEmpty() ? "go on" : batch.getFirst().text();
        session.change(SessionState.WORKING, null);
        var namespace = session.options().namespace();
        var task = namespace == null ? Task.of(text) : Task.of(text).under(namespace);
        var scope = session.scope();
        var fresh =
                scope.engine()
                        .runtime()
                        .submit(
                                new Target.OfAgent<>(agent, task, session.name()),
                                scope.run(),
                                new Circumstances(1, null, null, desk, 0));
        now(fresh);
        if (stopping()) fresh.cancel("scope", "the session was closed");
        try {
            return new RunRoom<>(fresh).carryOut();
        } finally {
            now(null);
        }
    }

    private void now(@Nullable LiveRun<?> run) {
        lock.lock();
        try {
            this.run = run;
        } finally {
            lock.unlock();
        }
    }

    /** The agent, answering as the question wants it; one that thinks elsewhere speaks else. */
    private Agent<?> agent(List<Letter> batch) {
        var typed = batch.isEmpty() ? null : batch.getFirst().typed();
        return switch (session.agent()) {
            case ModelAgent<?> agent ->
                    typed == null ? agent : agent.withContract(answering(agent.contract(), typed));
            case HarnessAgent<?> agent ->
                    typed == null
                            ? agent.withContract(answering(agent.contract(), String.class))
                            : agent.withContract(answering(agent.contract(), typed));
        };
    }

    private static <O> Contract<O> answering(Contract<?> contract, Class<O> type) {
        return new Contract<>(contract.input(), JsonType.of(type), contract.repairs());
    }

    private Next failed(Failure failure, List<Letter> batch) throws InterruptedException {
        if (stopping()) return Next.REST;
        boolean question = !batch.isEmpty() && batch.getFirst().typed() != null;
        if (question && failure instanceof OutputFailure) return Next.REST;
        if (kept.repeats().escalated()) {
            session.attention().escalate(failure);
            return Next.REST;
        }
        var policy = session.options().ifLost();
        if (!mayRestart(policy, failure)) {
            session.lost(failure);
            return Next.REST;
        }
        session.change(SessionState.LOST, failure);
        session.scope().engine().pause(delay(policy));
        if (!policy.keepConversation()) beginAnew(batch);
        session.change(SessionState.STARTING, null);
        var seating = session.seating();
        if (seating == null) {
            session.change(SessionState.IDLE, null);
            session.change(SessionState.WORKING, null);
            return policy.keepConversation() ? Next.AGAIN : Next.ANEW;
        }
        return startedAgain(seating, batch);
    }

    private Next startedAgain(Seating seating, List<Letter> batch) throws InterruptedException {
        try {
            seating.startAgain();
        } catch (SkeinException e) {
            return failed(e.failure(), batch);
        }
        session.change(SessionState.IDLE, null);
        if (!session.options().ifLost().keepConversation()) return Next.ANEW;
        return seating.owes() ? Next.AGAIN : Next.REST;
    }

    /** Without its conversation the agent must be told again what it was doing. */
    private void beginAnew(List<Letter> batch) {
        session.store().delete(session.key());
        var seating = session.seating();
        if (seating != null) seating.forget(batch);
        session.post().back(batch);
    }

    private boolean mayRestart(RestartPolicy policy, Failure failure) {
        if (policy.kind() == RestartPolicy.Kind.TEMPORARY) return false;
        if (!failure.retryable() && !policy.evenIfNotRetryable()) return false;
        if (failure instanceof RunFailure.Linked) return false;
        return kept.losses().bears(session.scope().engine().time().nanos());
    }

    private Duration delay(RestartPolicy policy) {
        return policy.backoff()
                .before(
                        kept.losses().count(),
                        (RandomGenerator) () -> session.scope().engine().ids().nextLong());
    }

    /** A failure of a turn that nobody can be told of but those who ask. */
    static Failure canceled(RunResult.Canceled<?> canceled) {
        try {
            canceled.orThrow();
        } catch (SkeinException e) {
            return e.failure();
        }
        throw new IllegalStateException("a canceled run has an output");
    }
}
