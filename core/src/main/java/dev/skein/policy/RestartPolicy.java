package dev.skein.policy;

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
