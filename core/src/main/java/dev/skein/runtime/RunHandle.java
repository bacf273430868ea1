package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.event.EventReader;
import dev.skein.event.RunStatus;
import dev.skein.tool.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Live control of a run from outside. Belongs to exactly one run; stays valid after its end.
 * Thread-safe.
 */
public interface RunHandle<O extends @Nullable Object> {
    /** 26 characters of lower-case base 32. */
    String id();

    /** The names from the root run, joined by {@code /}. */
    String path();

    RunStatus status();

    RunInfo info();

    /** What its workflow says of itself; empty if that is nothing. */
    String summary();

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
    default EventReader events() {
        return events(0);
    }

    /** Those after that {@code number}. */
    EventReader events(long afterNumber);

    /** Only what happens from now on. */
    EventReader newEvents();

    /** The entries of this run and of all its descendants, after that {@code seq}. */
    EventReader treeEvents(long afterSeq);

    /**
     * Calls an endpoint of the run, as {@link #call(String, Object, Class, Duration)} without a
     * limit of its own.
     */
    <T> @Nullable T call(String endpoint, @Nullable Object arguments, Class<T> type)
            throws InterruptedException;

    /**
     * Calls an endpoint of the run and waits for its result. Waits up to 30 seconds for an endpoint
     * that is not there as long as the run is not ready. Leaving early, by limit or interrupt,
     * cancels the call.
     *
     * @param arguments a record, a map, {@code Json}, or null for none
     * @throws dev.skein.failure.SkeinException with {@code missing.endpoint}, {@code
     *     invalid.input}, {@code run.ended}, {@code limit.wait}, {@code limit.load}, {@code
     *     limit.cycle}, {@code output.invalid}, or the failure of the endpoint's code
     */
    <T> @Nullable T call(String endpoint, @Nullable Object arguments, Class<T> type, Duration limit)
            throws InterruptedException;

    /** The endpoints that it has now, those for the program alone included. */
    List<ToolSpec> endpoints();

    /**
     * Gives endpoints of this run to a session as tools; all or none of them.
     *
     * @throws dev.skein.failure.SkeinException with {@code missing.endpoint} if one that is named
     *     is not there
     */
    void attach(AgentSession session, Attach what);

    /** Its sessions and those of its descendants so far, by path relative to this run. */
    Map<String, AgentSession> sessions();

    /** Its live children by name. */
    Map<String, RunHandle<?>> children();

    /** Asks the run to end and returns at once. Does nothing to a run that has ended. */
    void cancel(String reason);

    /**
     * Asks the run to end and waits for it.
     *
     * @throws dev.skein.failure.SkeinException with {@code limit.wait} if it did not end in time
     */
    RunResult<O> stop(String reason, Duration limit) throws InterruptedException;
}
