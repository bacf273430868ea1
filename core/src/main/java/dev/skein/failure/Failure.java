package dev.skein.failure;

import java.util.Optional;

/**
 * Why something ended badly, as a value: what happened, what to do, and whether trying again can
 * help. It crosses HTTP, brokers and the journal as itself. Texts may hold what strangers wrote:
 * escape control characters where they are printed.
 */
public sealed interface Failure
        permits Invalid,
                Missing,
                Conflict,
                Denied,
                Limit,
                ModelFailure,
                OutputFailure,
                ToolFailure,
                RunFailure,
                MachineFailure,
                HarnessFailure,
                StoreFailure,
                BrokerFailure,
                RuntimeFailure,
                Unrecognized {

    /**
     * Group and name, stable for ever: the same word on the wire, in metrics and in the dashboard.
     */
    String code();

    /** What happened, with names and numbers; at most 2 KiB. */
    String message();

    /** What to do about it; never empty, at most 1 KiB. */
    String remedy();

    /** Whether the same task may be tried again unchanged. */
    default boolean retryable() {
        return false;
    }

    /** The failure behind this one. */
    default Optional<Failure> cause() {
        return Optional.empty();
    }
}
