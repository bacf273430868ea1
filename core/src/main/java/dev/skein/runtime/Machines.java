package dev.skein.runtime;

import dev.skein.event.MachineEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.MachineFailure;
import dev.skein.failure.SkeinException;
import dev.skein.machine.Image;
import dev.skein.machine.Machine;
import dev.skein.machine.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The machines that a scope has made, for itself and for its sessions. */
final class Machines {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LiveScope scope;
    private final AtomicInteger ordinal = new AtomicInteger();
    private final Map<Integer, Machine> live = new ConcurrentSkipListMap<>();

    Machines(LiveScope scope) {
        this.scope = scope;
    }

    /** The one of this workflow, of the nearest above that has one, or of the runtime. */
    Image image() {
        for (LiveRun<?> run = scope.run(); run != null; run = run.parent())
            if (run.target() instanceof Target.OfWorkflow<?, ?> flow) {
                var image = flow.workflow().options().image();
                if (image != null) return image;
            }
        return scope.engine().config().placement().images().stream()
                .findFirst()
                .orElseThrow(() ->
                        new SkeinException(
                                new MachineFailure.NoSandbox(
                                        "Nobody names an image for '"
                                                + scope.run().origin().path()
                                                + "', and there is no sandbox here")));
    }

    /** For one that somebody else makes and ends. */
    Place place(long epoch) {
        var number = ordinal.incrementAndGet();
        return new Place(scope.run().id(), number, epoch, scope.engine().processes());
    }

    /** Blocks until it can be used; of one that cannot nothing is left. */
    Machine spawn(Image image) throws InterruptedException {
        scope.door().check();
        int number = ordinal.incrementAndGet();
        var place = new Place(scope.run().id(), number, 1, scope.engine().processes());
        scope.record(new MachineEvent.MachineCreating(image.id(), place.name()));
        var machine = spawned(image, place);
        try {
            if (Thread.interrupted()) throw new InterruptedException();
            var ready =
                    new MachineEvent.MachineReady(machine.kind(), place.name(), machine.describe());
            return scope.door()
                    .through(() -> {
                        scope.record(ready);
                        live.put(number, machine);
                        return machine;
                    });
        } catch (RuntimeException | InterruptedException e) {
            cleanup().step("machine " + place.name(), () -> close(machine, place.name()));
            throw e;
        }
    }

    /** An image may be code of others. */
    private Machine spawned(Image image, Place place) throws InterruptedException {
        try {
            return image.spawn(place);
        } catch (SkeinException e) {
            lost(place.name(), e.failure());
            throw e;
        } catch (RuntimeException e) {
            if (Thread.interrupted()) throw interrupted(place.name(), e);
            var failure =
                    new MachineFailure.Start(
                            place.name(), Failures.simpleName(e) + ": " + e.getMessage());
            lost(place.name(), failure);
            throw new SkeinException(failure, e);
        }
    }

    private static InterruptedException interrupted(String name, RuntimeException cause) {
        var interrupted = new InterruptedException(name + " was being made");
        interrupted.initCause(cause);
        return interrupted;
    }

    /** Stops one that is not the scope's alone; nothing happens if that was done. */
    void stop(Machine machine) {
        for (var one : live.entrySet())
            if (isSame(one.getValue(), machine)) stop(one.getKey(), machine);
    }

    @SuppressWarnings("ReferenceEquality") // this very machine
    private static boolean isSame(Machine one, Machine other) {
        return one == other;
    }

    private void stop(int number, Machine machine) {
        if (live.remove(number) == null) return;
        close(machine, new Place(scope.run().id(), number, 1, scope.engine().processes()).name());
    }

    /** Newest first. */
    void close(Cleanup cleanup) {
        for (var one : new ArrayList<>(live.entrySet()).reversed())
            cleanup.step("machine " + one.getKey(), () -> stop(one.getKey(), one.getValue()));
    }

    /** One that does not end is left behind. */
    private void close(Machine machine, String name) {
        var closing = new FutureTask<>(machine::close, true);
        var thread = Thread.ofVirtual().name("skein-stop:" + name).start(closing);
        try {
            await(closing);
            scope.record(new MachineEvent.MachineStopped(name));
        } catch (TimeoutException e) {
            thread.interrupt();
            scope.record(Abandoned.of(thread, PATIENCE));
            throw new SkeinException(
                    lost(name, "it did not stop within " + PATIENCE.toSeconds() + " s"), e);
        } catch (ExecutionException e) {
            var cause = e.getCause();
            if (cause instanceof SkeinException said) {
                lost(name, said.failure());
                throw said;
            }
            throw new SkeinException(lost(name, "it did not stop: " + cause), e);
        }
    }

    private static void await(FutureTask<?> closing) throws ExecutionException, TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    closing.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private Failure lost(String name, String problem) {
        var failure = new MachineFailure.Lost(name, problem);
        lost(name, failure);
        return failure;
    }

    private void lost(String name, Failure failure) {
        scope.record(new MachineEvent.MachineLost(name, failure));
    }

    private Cleanup cleanup() {
        return new Cleanup(scope.run(), scope.run().origin().path());
    }
}
