package dev.skein.policy;

import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.failure.OutputFailure;
import dev.skein.failure.RunFailure;
import dev.skein.failure.ToolFailure;
import java.time.Duration;

/**
 * What becomes of a child that ended.
 *
 * @param backoff how long to wait before the next start
 * @param healthyAfter a child that ran so long begins the backoff anew; 60 s
 * @param stopWithin how long a child may take to stop; 5 s
 * @param keepConversation a session that is started again goes on with its conversation; true
 * @param evenIfNotRetryable restart also what says that repeating it does not help; false
 */
public record RestartPolicy(
        Kind kind,
        Backoff backoff,
        Duration healthyAfter,
        Duration stopWithin,
        boolean keepConversation,
        boolean evenIfNotRetryable) {
    /** When a child is started again. A cancel is never a reason. */
    public enum Kind {
        /** Always. */
        PERMANENT,
        /** After a failure. */
        TRANSIENT,
        /** Never. */
        TEMPORARY
    }

    public static RestartPolicy permanent() {
        return of(Kind.PERMANENT);
    }

    public static RestartPolicy transientChild() {
        return of(Kind.TRANSIENT);
    }

    public static RestartPolicy temporary() {
        return of(Kind.TEMPORARY);
    }

    private static RestartPolicy of(Kind kind) {
        return new RestartPolicy(
                kind,
                Backoff.standard(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                true,
                false);
    }

    /**
     * Whether starting again what ended so may help. Work that crashed, gave up or answered badly
     * may do better next time; a definition that is wrong, a key that is missing, a budget that is
     * used up or a denial will not.
     */
    public static boolean mayHelp(Failure failure) {
        if (failure.retryable()) return true;
        return switch (failure) {
            case RunFailure _, OutputFailure _, ToolFailure _ -> true;
            case Limit.Turns _, Limit.Idle _, Limit.Livelock _, Limit.Deadline _ -> true;
            default -> false;
        };
    }

    public RestartPolicy withBackoff(Backoff backoff) {
        return new RestartPolicy(
                kind, backoff, healthyAfter, stopWithin, keepConversation, evenIfNotRetryable);
    }

    public RestartPolicy withHealthyAfter(Duration healthyAfter) {
        return new RestartPolicy(
                kind, backoff, healthyAfter, stopWithin, keepConversation, evenIfNotRetryable);
    }

    public RestartPolicy withStopWithin(Duration stopWithin) {
        return new RestartPolicy(
                kind, backoff, healthyAfter, stopWithin, keepConversation, evenIfNotRetryable);
    }

    public RestartPolicy withKeepConversation(boolean keepConversation) {
        return new RestartPolicy(
                kind, backoff, healthyAfter, stopWithin, keepConversation, evenIfNotRetryable);
    }

    public RestartPolicy withEvenIfNotRetryable(boolean evenIfNotRetryable) {
        return new RestartPolicy(
                kind, backoff, healthyAfter, stopWithin, keepConversation, evenIfNotRetryable);
    }
}
