package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.agent.RunResult.Canceled;
import dev.skein.agent.RunResult.Failed;
import dev.skein.event.RunStatus;
import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import java.time.Duration;

/**
 * Carries the run of an agent out on the thread that it is called on, from its first entry to its
 * last. Whatever happens inside, the run has exactly one end: its children have ended before it,
 * its end is in the journal before anybody is told.
 */
final class RunRoom<O> {
    /** Longer than tools and model calls take that leave when they are interrupted. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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
        if (!run.claimEnd()) return leftBehind();
        run.clock().stop();
        var endings = new Endings<>(run);
        interrupted |= endings.children(false);
        boolean theirs = run.interrupter().end(interrupted);
        var result = endings.end(outcome, refusal.isPresent() ? RunStatus.REJECTED : null);
        if (theirs)
            throw new InterruptedException(
                    "run " + run.id() + " was canceled: its caller was interrupted");
        return result;
    }

    /** It is back, and its run has ended without it. */
    private RunResult<O> leftBehind() throws InterruptedException {
        run.interrupter().end(true);
        return run.result();
    }

    /** The run was stopped: it ends in time, although its thread may not leave. */
    void watch() {
        Thread.ofVirtual().name("skein-stop:" + run.origin().path()).start(this::endAnyway);
    }

    /** By the clock of this computer: who moves a clock does not make threads leave. */
    private void endAnyway() {
        try {
            if (run.awaitEnd(PATIENCE)) return;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the thread that stops a run", e);
        }
        var thread = run.interrupter().worker();
        if (thread == null || !run.claimEnd()) return;
        run.clock().stop();
        run.record(Abandoned.of(thread, PATIENCE));
        var endings = new Endings<>(run);
        endings.children(false);
        endings.end(stopped(), null);
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
            new Cleanup(run, run.origin().path()).step("outputs", run.spool()::close);
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
            case Interrupter.Stop.Failed(var failure) -> new Failed<>(failure, run.work());
        };
    }

    /**
     * A call that failed because the run was stopped under it is the stop, not a failure of its
     * own.
     */
    private RunResult<O> thrown(Throwable thrown) {
        if (run.stopping()) return stopped();
        var failure = Failures.of("Run '" + run.name() + "'", thrown, run.id());
        if (failure.code().equals("run.threw")) run.engine().runtime().log(run, thrown);
        return new Failed<>(failure, run.work());
    }

    private Failure deadline() {
        return new Limit.Deadline(
                "'" + run.name() + "'", run.clock().limit(), run.clock().elapsed());
    }
}
