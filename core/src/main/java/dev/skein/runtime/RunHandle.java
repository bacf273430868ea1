package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.event.EventReader;
import dev.skein.event.RunStatus;
import java.time.Duration;

/**
 * Live control of a run from outside. Belongs to exactly one run; stays valid after its end.
 * Thread-safe.
 */
public interface RunHandle<O> {
    /** 26 characters of lower-case base 32. */
    String id();

    RunStatus status();

    RunInfo info();

    /**
     * Waits for the end. Interrupting the waiter does not cancel the run.
     *
     * @return the output
     * @throws dev.skein.failure.SkeinException with the run's failure, or {@code run.canceled}
     */
    O await() throws InterruptedException;

    /**
     * As {@link #await()}, but no longer than that.
     *
     * @throws dev.skein.failure.SkeinException with {@code limit.wait} if the time passed; the run
     *     goes on
     */
    O await(Duration limit) throws InterruptedException;

    /** Waits for the end; never throws for a failure of the run. */
    RunResult<O> result() throws InterruptedException;

    /** The run's entries from the first. The caller closes the reader. */
    EventReader events();

    /** Asks the run to end and returns at once. Does nothing to a run that has ended. */
    void cancel(String reason);

    /**
     * Asks the run to end and waits for it.
     *
     * @throws dev.skein.failure.SkeinException with {@code limit.wait} if it did not end in time
     */
    RunResult<O> stop(String reason, Duration limit) throws InterruptedException;
}
