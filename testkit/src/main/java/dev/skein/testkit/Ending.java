package dev.skein.testkit;

import dev.skein.agent.RunResult;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.failure.Failure;
import dev.skein.model.Usage;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, whoever tells it.
 *
 * @param failure only of a failed or rejected run
 * @param reason only of a canceled run
 */
record Ending(
        RunStatus status,
        @Nullable Failure failure,
        @Nullable String reason,
        Usage usage,
        int turns,
        Duration took) {
    static Ending of(RunResult<?> result) {
        var work = result.work();
        return switch (result) {
            case RunResult.Completed<?> _ ->
                    new Ending(
                            RunStatus.COMPLETED,
                            null,
                            null,
                            work.usage(),
                            work.turns(),
                            work.took());
            case RunResult.Failed<?>(var failure, _) ->
                    new Ending(
                            RunStatus.FAILED,
                            failure,
                            null,
                            work.usage(),
                            work.turns(),
                            work.took());
            case RunResult.Canceled<?>(var reason, _) ->
                    new Ending(
                            RunStatus.CANCELED,
                            null,
                            reason,
                            work.usage(),
                            work.turns(),
                            work.took());
        };
    }

    static Ending of(RunEvent.RunEnded ended) {
        var outcome = ended.outcome();
        return new Ending(
                outcome.status(),
                outcome.failure(),
                outcome.reason(),
                ended.usage(),
                ended.turns(),
                ended.took());
    }

    /** Such as {@code failed (limit.turns: …)}. */
    String how() {
        var word = status.name().toLowerCase(Locale.ROOT);
        if (failure != null) return word + " (" + failure.code() + ": " + failure.message() + ")";
        return reason == null ? word : word + " (" + reason + ")";
    }

    /** {@link #how}, and what it took. */
    String whole() {
        return how()
                + " after "
                + Story.counted(turns, "turn")
                + ", "
                + Story.counted(usage.total(), "token")
                + ", "
                + usage.cost().money()
                + ", "
                + took;
    }
}
