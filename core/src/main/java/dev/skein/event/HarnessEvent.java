package dev.skein.event;

import org.jspecify.annotations.Nullable;

/** What became of an agent that thinks elsewhere; the origin's path is that of its session. */
public sealed interface HarnessEvent extends Event {
    /**
     * Its program is about to be started.
     *
     * @param harness its id
     * @param epoch counts the starts of this session's agent, from 1
     */
    record HarnessStarting(String harness, long epoch) implements HarnessEvent {}

    record HarnessReady(String harness, String version, long epoch) implements HarnessEvent {}

    /** It began to think. */
    record HarnessBusy() implements HarnessEvent {}

    /** It rests. */
    record HarnessIdle(String stopReason) implements HarnessEvent {}

    /** It has said something. */
    record HarnessSaid(String role, Ref text) implements HarnessEvent {}

    /** Anything else that it told of itself. */
    record HarnessReported(String type, Ref data) implements HarnessEvent {}

    /** It is not heard; it may come back. */
    record LinkLost() implements HarnessEvent {}

    record LinkResumed() implements HarnessEvent {}

    /**
     * Its program has ended.
     *
     * @param how in words, and what it printed last
     */
    record HarnessExited(@Nullable Integer code, @Nullable Integer signal, Ref how)
            implements HarnessEvent {}
}
