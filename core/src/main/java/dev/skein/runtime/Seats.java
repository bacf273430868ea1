package dev.skein.runtime;

import dev.skein.agent.HarnessAgent;
import dev.skein.failure.HarnessFailure;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.harness.Harness;
import dev.skein.harness.Launch;
import dev.skein.harness.Report;
import dev.skein.harness.Seat;
import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Starts agents that think elsewhere: only so many at once, the others in the order in which they
 * were asked for.
 */
final class Seats {
    /** Programs start by it, whatever clock the runtime has. */
    private static final Timekeeper REAL = Timekeeper.system();

    private final Placement placement;
    private final Semaphore starts;

    Seats(Placement placement) {
        this.placement = placement;
        this.starts = new Semaphore(placement.parallelStarts(), true);
    }

    Duration linkGrace() {
        return placement.linkGrace();
    }

    /** Why no such agent can be started here, or empty. */
    static Optional<String> problem(Placement placement, HarnessAgent<?> agent) {
        var known = placement.harnesses().stream().map(Harness::id).toList();
        return known.contains(agent.harness())
                ? Optional.empty()
                : Optional.of("no harness has the id '" + agent.harness() + "'; known: " + known);
    }

    /**
     * What starts that agent.
     *
     * @throws SkeinException with {@code invalid.config} if there is nothing that does
     */
    Harness of(HarnessAgent<?> agent) {
        var problem = problem(placement, agent);
        if (problem.isPresent())
            throw new SkeinException(
                    new Invalid.Config(List.of("agent '" + agent.name() + "': " + problem.get())));
        return placement.harnesses().stream()
                .filter(harness -> harness.id().equals(agent.harness()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Blocks until the agent is there. Of one that does not come in time, or whose starter is
     * interrupted, nothing is left.
     *
     * @throws SkeinException with {@code harness.start} or what the harness says
     */
    Seat start(Harness harness, Launch launch, Consumer<Report> reports, Duration limit)
            throws InterruptedException {
        long begun = REAL.nanos();
        if (!starts.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS))
            throw late(launch, limit, limit);
        try {
            var queued = Duration.ofNanos(REAL.nanos() - begun);
            return started(new Start(harness, launch, reports), limit, queued);
        } finally {
            starts.release();
        }
    }

    private record Start(Harness harness, Launch launch, Consumer<Report> reports) {
        Seat seat() throws InterruptedException {
            return harness.start(launch, reports);
        }
    }

    private Seat started(Start start, Duration limit, Duration queued) throws InterruptedException {
        var task = new FutureTask<>(start::seat);
        var thread = Thread.ofVirtual().name("skein-start:" + start.launch().path()).start(task);
        long left = Math.max(1, limit.minus(queued).toNanos());
        try {
            return task.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            withdrawn(task, thread);
            var late = late(start.launch(), limit, queued);
            late.addSuppressed(e);
            throw late;
        } catch (InterruptedException e) {
            withdrawn(task, thread);
            throw e;
        } catch (ExecutionException e) {
            throw failed(start.launch(), e.getCause() == null ? e : e.getCause());
        }
    }

    /** It is told to leave off and waited for; what came all the same is closed. */
    private static void withdrawn(FutureTask<Seat> task, Thread thread) {
        boolean interrupted = Thread.interrupted();
        thread.interrupt();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (task.state() == FutureTask.State.SUCCESS) task.resultNow().close();
        if (interrupted) Thread.currentThread().interrupt();
    }

    private static SkeinException failed(Launch launch, Throwable cause) {
        return switch (cause) {
            case SkeinException known -> known;
            case InterruptedException interrupted ->
                    new SkeinException(
                            new HarnessFailure.Start(launch.path(), "its start was interrupted"),
                            interrupted);
            case Throwable other ->
                    new SkeinException(
                            new HarnessFailure.Start(
                                    launch.path(),
                                    Failures.simpleName(other) + ": " + other.getMessage()),
                            other);
        };
    }

    private static SkeinException late(Launch launch, Duration limit, Duration queued) {
        return new SkeinException(
                new HarnessFailure.Start(
                        launch.path(),
                        "it was not ready within "
                                + limit.toMillis()
                                + " ms, "
                                + queued.toMillis()
                                + " ms of which it waited for others to start"));
    }
}
