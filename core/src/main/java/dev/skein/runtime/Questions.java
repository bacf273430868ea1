package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.failure.OutputFailure;
import dev.skein.failure.SkeinException;
import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The questions to a live session: one at a time, the others wait in order. */
final class Questions {
    /** Threads wait by it, whatever clock the runtime has. */
    private static final Timekeeper REAL = Timekeeper.system();

    private static final int MOST_WAITING = 64;

    private final LiveSession session;
    private final Semaphore turn = new Semaphore(1, true);
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Letter open;

    Questions(LiveSession session) {
        this.session = session;
    }

    <T> T ask(String text, Class<T> type, Duration limit) throws InterruptedException {
        if (turn.getQueueLength() >= MOST_WAITING)
            throw new SkeinException(
                    new Limit.Load("questions to '" + session.path() + "'", MOST_WAITING));
        long until = REAL.nanos() + limit.toNanos();
        try (var _ = session.scope().engine().waits().enter(Scopes.busy(), session.busy())) {
            if (!turn.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) throw late(limit);
            try {
                return answer(text, type, until, limit);
            } finally {
                turn.release();
            }
        }
    }

    private <T> T answer(String text, Class<T> type, long until, Duration limit)
            throws InterruptedException {
        var content = new Letter.Content(session.caller(), text, AgentSession.Mode.STEER, type);
        var letter = session.post(content);
        opened(letter);
        try (var _ = session.scope().door().listen(letter::fail)) {
            long left = Math.max(1, until - REAL.nanos());
            if (!letter.awaitAnswer(Duration.ofNanos(left))) throw late(limit);
            var answer = letter.answered();
            var value = Outcome.as(type, answer, "'" + session.path() + "'");
            if (value == null)
                throw new IllegalStateException("a question was answered by nothing");
            return value;
        } finally {
            opened(null);
        }
    }

    private void opened(@Nullable Letter letter) {
        lock.lock();
        try {
            open = letter;
        } finally {
            lock.unlock();
        }
    }

    private SkeinException late(Duration limit) {
        return new SkeinException(
                new Limit.Wait("'" + session.path() + "', which is " + session.state(), limit));
    }

    /** A turn has ended that these messages were part of. */
    void answered(RunResult<?> result, List<Letter> letters) {
        for (var letter : letters) {
            switch (result) {
                case RunResult.Completed<?>(var output, var work) ->
                        letter.answer(
                                letter.typed() == null
                                        ? text(output, work.partial().lastText())
                                        : output);
                case RunResult.Failed<?>(var failure, var work) ->
                        letter.fail(withText(failure, work.partial().lastText()));
                case RunResult.Canceled<?> canceled -> letter.fail(Turning.canceled(canceled));
            }
        }
    }

    /** Who asked has no partial work to see the answer in. */
    private static Failure withText(Failure failure, String said) {
        return failure instanceof OutputFailure.Invalid(var repairs, var violations, _)
                ? new OutputFailure.Invalid(repairs, violations, said)
                : failure;
    }

    private static String text(@Nullable Object output, String said) {
        return output instanceof String text ? text : said;
    }

    /** The session is gone. */
    void fail(Failure failure) {
        lock.lock();
        try {
            if (open != null) open.fail(failure);
        } finally {
            lock.unlock();
        }
    }
}
