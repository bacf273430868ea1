package dev.skein.event;

import dev.skein.failure.Failure;
import dev.skein.model.Usage;
import dev.skein.tool.TrustLevel;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The life of a run, and of a batch of runs. */
public sealed interface RunEvent extends Event {
    record RunSubmitted(String target, Ref input, @Nullable String key, @Nullable Instant deadline)
            implements RunEvent {}

    record RunStarted(String backend, int attempt, TrustLevel trust) implements RunEvent {}

    record RunRetried(int attempt, Failure failure, Duration pause) implements RunEvent {}

    record CancelRequested(String by, String reason) implements RunEvent {}

    /**
     * A workflow's outcome was decided.
     *
     * @param by {@code done}, {@code fail} or the path of the session that was lost
     */
    record OutcomeDecided(String by, boolean ok) implements RunEvent {}

    /** The last entry of every run; there is exactly one. */
    record RunEnded(Outcome outcome, Usage usage, int turns, Duration took) implements RunEvent {}

    /**
     * How a run ended.
     *
     * @param output only of a completed run
     * @param failure only of a failed or rejected run
     * @param reason only of a canceled run
     * @param partial the last text of a run that did not complete, if it had one
     */
    record Outcome(
            RunStatus status,
            @Nullable Ref output,
            @Nullable Failure failure,
            @Nullable String reason,
            @Nullable Ref partial) {}

    record BatchStarted(int tasks, int concurrency) implements RunEvent {}

    record BatchEnded(int completed, int failed, int canceled) implements RunEvent {}
}
