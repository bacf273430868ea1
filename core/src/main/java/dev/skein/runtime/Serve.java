package dev.skein.runtime;

import dev.skein.failure.SkeinException;
import dev.skein.failure.ToolFailure;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolOutput;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a tool's code on a virtual thread of its own, so that code which ignores its interrupt can
 * be left behind: it is interrupted at its timeout, given five seconds, then abandoned and named.
 */
record Serve(LiveRun<?> run, Tool tool, ToolCall call, String key) {
    private static final Duration GRACE = Duration.ofSeconds(5);

    ToolOutput output() throws InterruptedException {
        var timeout = tool.spec().limits().timeout();
        long end = run.engine().time().nanos() + timeout.toNanos();
        var context =
                new CallContext(run, call.id(), key, run.engine().clock().instant().plus(timeout));
        var task =
                new FutureTask<>(
                        Lineage.bind(
                                run,
                                () ->
                                        Serving.serving(
                                                call.id(),
                                                () -> tool.call(call.arguments(), context))));
        var thread = Thread.ofVirtual().name("skein-tool-" + call.name()).unstarted(task);
        var timedOut = new AtomicBoolean();
        thread.start();
        try (var _ =
                run.engine()
                        .alarms()
                        .at(
                                end,
                                () -> {
                                    timedOut.set(true);
                                    stop(task, thread);
                                })) {
            return outcome(task, thread, timedOut);
        }
    }

    private ToolOutput outcome(FutureTask<ToolOutput> task, Thread thread, AtomicBoolean timedOut)
            throws InterruptedException {
        try {
            var output = task.get();
            return timedOut.get() ? timeout() : output;
        } catch (ExecutionException e) {
            return timedOut.get() ? timeout() : failed(e);
        } catch (CancellationException e) {
            run.record(Abandoned.of(thread, GRACE));
            return timeout();
        } catch (InterruptedException e) {
            stop(task, thread);
            awaitEnd(task, thread);
            throw e;
        }
    }

    /**
     * Interrupts the code; what still runs after the grace is given up. Short, for it is called by
     * an alarm.
     */
    private void stop(FutureTask<ToolOutput> task, Thread thread) {
        run.engine()
                .alarms()
                .at(run.engine().time().nanos() + GRACE.toNanos(), () -> task.cancel(false));
        thread.interrupt();
    }

    private void awaitEnd(FutureTask<ToolOutput> task, Thread thread) {
        boolean interrupted = false;
        while (!task.isDone()) {
            try {
                task.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                break; // it ended; how does not matter to a run that is being stopped
            } catch (CancellationException e) {
                run.record(Abandoned.of(thread, GRACE));
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private ToolOutput timeout() {
        var spec = tool.spec();
        return new ToolOutput.Error(
                new ToolFailure.Timeout(
                        spec.name(), spec.limits().timeout(), spec.effect().repeatable()));
    }

    private ToolOutput failed(ExecutionException e) {
        Throwable thrown = e.getCause() == null ? e : e.getCause();
        if (thrown instanceof SkeinException ours) return new ToolOutput.Error(ours.failure());
        var message = thrown.getMessage();
        var problem = Failures.simpleName(thrown) + (message == null ? "" : ": " + message);
        return new ToolOutput.Error(new ToolFailure.Failed(tool.spec().name(), problem));
    }
}
