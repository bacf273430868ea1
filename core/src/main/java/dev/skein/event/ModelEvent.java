package dev.skein.event;

import dev.skein.failure.Failure;
import dev.skein.model.Finish;
import dev.skein.model.Usage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was asked of models and what they answered. */
public sealed interface ModelEvent extends Event {
    record ModelChosen(String model, String reason) implements ModelEvent {}

    /** Messages and tools are counted; the texts are in the entries that added them. */
    record ModelAsked(String call, String model, int messages, int tools, long estimatedTokens)
            implements ModelEvent {}

    record ModelAnswered(String call, Ref message, Usage usage, Finish finish, Duration took)
            implements ModelEvent {}

    /**
     * A try that came to nothing.
     *
     * @param usage what the provider had counted before it failed; usually nothing
     */
    record ModelFailed(
            String call, Failure failure, int attempt, @Nullable Duration retryIn, Usage usage)
            implements ModelEvent {}

    record ModelSwitched(String from, String to, Failure cause) implements ModelEvent {}

    record GateShut(String model, Instant until, Failure cause) implements ModelEvent {}
}
