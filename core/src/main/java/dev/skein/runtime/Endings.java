package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.agent.RunResult.Canceled;
import dev.skein.agent.RunResult.Completed;
import dev.skein.agent.RunResult.Failed;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.model.Usage;
import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The last steps of every run. */
record Endings<O extends @Nullable Object>(LiveRun<O> run) {
    /** Threads leave by it, whatever clock the runtime has. */
    private static final Timekeeper REAL = Timekeeper.system();

    /** Half of what the cleaning up of a root may take. */
    private static final Duration ORDERLY = Duration.ofSeconds(10);

    /**
     * Cancels the children that are left, last started first, and waits for each before the next
     * where that order is asked for, as long as all of it does not take too long.
     *
     * @return whether the thread was interrupted meanwhile
     */
    boolean children(boolean inOrder) {
        boolean interrupted = false;
        long until = REAL.nanos() + ORDERLY.toNanos();
        var cleanup = new Cleanup(run, run.origin().path());
        var left = new ArrayList<LiveRun<?>>();
        run.childrenNewestFirst().forEach(left::add);
        for (var child : left) {
            cleanup.step("child " + child.name(), () -> child.cancel("parent", "its parent ended"));
            if (inOrder) interrupted |= awaitEnd(child, until);
        }
        for (var child : left) interrupted |= awaitEnd(child, Long.MAX_VALUE);
        return interrupted;
    }

    /** Appends the run's end, then lets its waiters know. */
    RunResult<O> end(RunResult<O> outcome, @Nullable RunStatus instead) {
        var result = outcome.withWork(run.work());
        var status = instead == null ? statusOf(result) : instead;
        try {
            run.recordEnd(ended(result, status));
        } finally { // a journal that fails keeps nobody waiting
            run.engine().runtime().forget(run);
            run.complete(result, status);
        }
        return result;
    }

    private static boolean awaitEnd(LiveRun<?> child, long until) {
        boolean interrupted = false;
        while (true) {
            try {
                if (until == Long.MAX_VALUE) child.result();
                else child.awaitEnd(Duration.ofNanos(Math.max(0, until - REAL.nanos())));
                return interrupted;
            } catch (InterruptedException e) {
                interrupted =
                        true; // the child was canceled already; its end is waited for all the same
            }
        }
    }

    private RunEvent.RunEnded ended(RunResult<O> result, RunStatus status) {
        var work = result.work();
        var last = work.partial().lastText();
        var outcome =
                switch (result) {
                    case Completed<O>(var output, _) ->
                            new RunEvent.Outcome(status, outputRef(output), null, null, null);
                    case Failed<O>(var failure, _) ->
                            new RunEvent.Outcome(status, null, failure, null, partial(last));
                    case Canceled<O>(var reason, _) ->
                            new RunEvent.Outcome(status, null, null, reason, partial(last));
                };
        return new RunEvent.RunEnded(
                outcome,
                status == RunStatus.REJECTED ? Usage.none() : work.usage(),
                work.turns(),
                work.took());
    }

    private Ref outputRef(O output) {
        return run.keep("application/json", run.target().encode(output).canonical());
    }

    private @Nullable Ref partial(String lastText) {
        return lastText.isEmpty() ? null : run.keep("text/plain", lastText);
    }

    private static RunStatus statusOf(RunResult<?> result) {
        return switch (result) {
            case Completed<?> _ -> RunStatus.COMPLETED;
            case Failed<?> _ -> RunStatus.FAILED;
            case Canceled<?> _ -> RunStatus.CANCELED;
        };
    }
}
