package dev.skein.runtime;

import dev.skein.event.MachineEvent;
import dev.skein.failure.Invalid;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.machine.Exec;
import dev.skein.machine.ExecResult;
import dev.skein.machine.Machine;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The machine of a live session, if it has one: its own, or one that it was lent. */
final class SessionMachine {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LiveScope scope;
    private final @Nullable Machine machine;
    private final boolean owned;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Set<Thread> inside = new HashSet<>();
    private boolean ended;

    private SessionMachine(LiveScope scope, @Nullable Machine machine, boolean owned) {
        this.scope = scope;
        this.machine = machine;
        this.owned = owned;
    }

    /** Made now if it is to be its own. */
    static SessionMachine of(LiveScope scope, AgentSession.Options options)
            throws InterruptedException {
        var image = options.image();
        return image == null
                ? new SessionMachine(scope, options.machine(), false)
                : new SessionMachine(scope, scope.machines().spawn(image), true);
    }

    Optional<Machine> machine() {
        return Optional.ofNullable(machine);
    }

    ExecResult exec(LiveSession session, String command, Duration limit)
            throws InterruptedException {
        var here = machine;
        if (here == null)
            throw new SkeinException(
                    new Invalid.Call(
                            "Session '" + session.path() + "' has no machine.",
                            "Open it with AgentSession.Options.withImage or withMachine."));
        var exec = Exec.shell(command).withLimit(limit);
        enter(session);
        try {
            var result = here.exec(exec);
            session.record(
                    new MachineEvent.CommandRan(
                            scope.run().keep("text/plain", command),
                            result.exit(),
                            result.took(),
                            result.out().bytes() + result.err().bytes()));
            return result;
        } catch (InterruptedException e) {
            if (hasEnded()) throw new SkeinException(gone(session), e);
            throw e;
        } finally {
            leave();
        }
    }

    private void enter(LiveSession session) {
        lock.lock();
        try {
            if (ended) throw new SkeinException(gone(session));
            inside.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    /** An interrupt that came too late for the command must not meet what the thread does next. */
    private void leave() {
        lock.lock();
        try {
            inside.remove(Thread.currentThread());
            if (ended) Thread.interrupted();
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private static RunFailure.Ended gone(LiveSession session) {
        return new RunFailure.Ended(session.path(), "the session was closed", null);
    }

    /** Ends the commands of the session, and its machine if that is its own. */
    void end() {
        lock.lock();
        try {
            ended = true;
            inside.forEach(Thread::interrupt);
            awaitLeft();
        } finally {
            lock.unlock();
        }
        var here = machine;
        if (here != null && owned) scope.machines().stop(here);
    }

    private void awaitLeft() {
        boolean interrupted = false;
        long nanos = PATIENCE.toNanos();
        while (!inside.isEmpty() && nanos > 0) {
            try {
                nanos = left.awaitNanos(nanos);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
