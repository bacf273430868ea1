package dev.skein.runtime;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What somebody wants of a thread that does one thing after another; he waits for it. */
final class Wish<T> {
    private final Callable<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Wish(Callable<T> work) {
        this.work = work;
    }

    /** Does it, unless nobody waits for it any more; who is interrupted then must refuse it. */
    void grant() throws InterruptedException {
        if (answer.isDone()) return;
        try {
            answer.complete(work.call());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            answer.completeExceptionally(e);
        }
    }

    /** It will not be done. */
    void refuse(Failure failure) {
        answer.completeExceptionally(new SkeinException(failure));
    }

    /** Blocks until it is done; takes it back if that is interrupted. */
    T await() throws Exception {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(false);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
