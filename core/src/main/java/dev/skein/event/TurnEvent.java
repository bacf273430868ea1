package dev.skein.event;

import dev.skein.model.Usage;
import java.util.List;

/** One model call and the tool calls that it asked for. */
public sealed interface TurnEvent extends Event {
    record TurnStarted(int turn, int messages, long estimatedTokens) implements TurnEvent {}

    record TurnEnded(int turn, Usage usage, int toolCalls) implements TurnEvent {}

    record ContextTrimmed(long before, long after, int dropped, String reason)
            implements TurnEvent {}

    record RepairAsked(int turn, String problem) implements TurnEvent {}

    /**
     * Of an answer that fits something was left out.
     *
     * @param what one line for each property that its type does not have
     */
    record AnswerTrimmed(int turn, List<String> what) implements TurnEvent {
        public AnswerTrimmed {
            what = List.copyOf(what);
        }
    }
}
