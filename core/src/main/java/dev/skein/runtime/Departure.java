package dev.skein.runtime;

import dev.skein.event.SessionState;
import dev.skein.failure.Failure;
import dev.skein.failure.RunFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How a live session ends: once, whoever says so, with nothing of it left. */
final class Departure {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LiveSession session;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean finishing = new AtomicBoolean();

    Departure(LiveSession session) {
        this.session = session;
    }

    /** Tells it to stop and returns. */
    void stop() {
        Turning now;
        session.standing().lock().lock();
        try {
            if (!session.standing().isLive()) return;
            cleanup().step("state", () -> session.change(SessionState.STOPPING, null));
            now = session.turning();
        } finally {
            session.standing().lock().unlock();
        }
        if (now == null || now.wasLeftBehind()) {
            if (session.seating() == null && session.machine().isEmpty()) finish(null);
            else aside(() -> finish(null)); // programs may take their time
            return;
        }
        aside(() -> finishAnyway(now));
        now.cancel("scope", "the session was closed");
    }

    private void aside(Runnable work) {
        Thread.ofVirtual().name("skein-stop:" + session.path()).start(work);
    }

    /** A turn that does not leave is left behind. */
    private void finishAnyway(Turning now) {
        try {
            if (ended.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) return;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the thread that stops a session", e);
        }
        finish(null); // that it was left behind is said by the run of the turn
    }

    void await() throws InterruptedException {
        ended.await();
    }

    /** Waits for the end that it was told of. */
    void awaitEnd() {
        boolean interrupted = Thread.interrupted();
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    /** Once: nothing of it is left. */
    void finish(@Nullable Failure cause) {
        if (!finishing.compareAndSet(false, true)) return;
        var cleanup = cleanup();
        var failure =
                cause == null
                        ? new RunFailure.Ended(session.path(), "the session ended", null)
                        : cause;
        var seating = session.seating();
        if (seating != null) cleanup.step("agent", () -> session.post().back(seating.end()));
        cleanup.step("machine", session.place()::end);
        session.standing().lock().lock();
        try {
            session.post()
                    .drop(failure, said -> cleanup.step("messages", () -> session.record(said)));
            session.questions().fail(failure);
        } finally {
            session.standing().lock().unlock();
        }
        cleanup.step("watches", session.attention()::end);
        cleanup.step("connections", session.peers()::end);
        cleanup.step("workspace", session.files()::close);
        cleanup.step("state", () -> session.change(SessionState.ENDED, cause)); // before forgotten
        cleanup.step("name", () -> session.scope().live().forget(session));
        ended.countDown();
    }

    private Cleanup cleanup() {
        return new Cleanup(session.scope().run(), session.path());
    }
}
