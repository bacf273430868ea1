package dev.skein.harness;

import dev.skein.tool.ToolResult;
import dev.skein.tool.ToolSpec;
import java.time.Duration;

/**
 * One agent that was started and is spoken with. Thread-safe. Nothing but {@link #stop} and {@link
 * #close} blocks: what the agent cannot take now waits in order, and what is said to one that has
 * ended is dropped.
 */
public interface Seat extends AutoCloseable {
    /** Tells it something; reported as {@link Report.Accepted}, then {@link Report.Seen}. */
    void deliver(Note note);

    /** It may call that tool from now on; one of the same name is replaced. */
    void offer(ToolSpec tool);

    void withdraw(String tool);

    /** What came of a {@link Report.Called}; reported as {@link Report.Answered}. */
    void answer(ToolResult result);

    /** Whether what {@link Report.Asked} wants may be done. */
    void verdict(String ask, boolean allow, String reason);

    /** Ends its turn and keeps the agent; reported as {@link Report.Settled}. */
    void interrupt(String reason);

    /** Asks it to end and waits so long for it; it may live on, see {@link #close}. */
    void stop(String reason, Duration limit);

    /** Ends what is left of it, whatever it does. Idempotent. */
    @Override
    void close();
}
