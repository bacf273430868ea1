package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.agent.RunResult.Canceled;
import dev.skein.agent.RunResult.Completed;
import dev.skein.agent.RunResult.Failed;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.model.Usage;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Carries a run out on the thread that it is called on, from its first entry to its last. Whatever
 * happens inside, the run has exactly one end: its children have ended before it, its end is in the
 * journal before anybody is told.
 */
final class RunRoom<O> {
    private final LiveRun<O> run;
    private boolean interrupted;

    RunRoom(LiveRun<O> run) {
        this.run = run;
    }

    /**
     * Blocks until the run has ended.
     *
     * @throws InterruptedException if the thread was interrupted by somebody else than the run
     *     itself; the run was canceled then
     */
    RunResult<O> carryOut() throws InterruptedException {
        run.interrupter().begin(Thread.currentThread());
        run.clock().start();
        var refusal = new Admission(run).refusal();
        var outcome = refusal.isPresent() ? new Failed<O>(refusal.get(), run.work()) : outcome();
        run.clock().stop();
        endChildren();
        boolean theirs = run.interrupter().end(interrupted);
        var result = outcome.withWork(run.work());
        var status = refusal.isPresent() ? RunStatus.REJECTED : statusOf(result);
        run.record(ended(result, status));
        run.engine().runtime().forget(run);
        run.complete(result, status);
        if (theirs)
            throw new InterruptedException(
                    "run " + run.id() + " was canceled: its caller was interrupted");
        return result;
    }

    private RunResult<O> outcome() {
        try (var _ = run.ambience().mark()) {
            return Lineage.within(run, this::throughPipeline);
        } catch (InterruptedException e) {
            interrupted = true;
            return stopped();
        } catch (Throwable e) {
            return thrown(e);
        } finally {
            new Closing("the outputs of run " + run.id()).close(run.spool());
        }
    }

    private RunResult<O> throughPipeline() throws InterruptedException {
        return run.parts().pipeline().run(run);
    }

    private RunResult<O> stopped() {
        return switch (run.interrupter().reason()) {
            case null -> new Canceled<>("its caller was interrupted", run.work());
            case Interrupter.Stop.Canceled(_, var reason) -> new Canceled<>(reason, run.work());
            case Interrupter.Stop.Deadline() -> new Failed<>(deadline(), run.work());
        };
    }

    /**
     * A call that failed because the run was stopped under it is the stop, not a failure of its
     * own.
     */
    private RunResult<O> thrown(Throwable thrown) {
        if (run.stopping()) return stopped();
        var failure = Failures.of("Run '" + run.agent().name() + "'", thrown, run.id());
        if (failure.code().equals("run.threw")) run.engine().runtime().log(run, thrown);
        return new Failed<>(failure, run.work());
    }

    private Failure deadline() {
        return new Limit.Deadline(
                "'" + run.agent().name() + "'", run.clock().limit(), run.clock().elapsed());
    }

    /** Children that nobody waits for any more are canceled, last started first, and waited for. */
    private void endChildren() {
        var left = new ArrayList<LiveRun<?>>();
        run.childrenNewestFirst().forEach(left::add);
        for (var child : left) child.cancel("its parent ended");
        for (var child : left) awaitEnd(child);
    }

    private void awaitEnd(LiveRun<?> child) {
        while (true) {
            try {
                child.result();
                return;
            } catch (InterruptedException e) {
                interrupted =
                        true; // the child was canceled already; its end is waited for all the same
            }
        }
    }

    private RunEvent.RunEnded ended(RunResult<O> result, RunStatus status) {
        var work = result.work();
        var outcome =
                switch (result) {
                    case Completed<O>(var output, _) ->
                            new RunEvent.Outcome(status, outputRef(output), null, null, null);
                    case Failed<O>(var failure, _) ->
                            new RunEvent.Outcome(
                                    status,
                                    null,
                                    failure,
                                    null,
                                    partial(work.partial().lastText()));
                    case Canceled<O>(var reason, _) ->
                            new RunEvent.Outcome(
                                    status, null, null, reason, partial(work.partial().lastText()));
                };
        return new RunEvent.RunEnded(
                outcome,
                status == RunStatus.REJECTED ? Usage.none() : work.usage(),
                work.turns(),
                work.took());
    }

    private Ref outputRef(O output) {
        return run.keep("application/json", run.agent().output().encode(output).canonical());
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
