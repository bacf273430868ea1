package dev.skein.event;

import java.util.List;

/** What was asked of people and programs, what they answered, and what looks wrong. */
public sealed interface GuardEvent extends Event {
    record ApprovalAsked(String id, String call, String tool, Ref arguments, List<String> reasons)
            implements GuardEvent {
        public ApprovalAsked {
            reasons = List.copyOf(reasons);
        }
    }

    record ApprovalAnswered(String id, String by, boolean allowed, String note)
            implements GuardEvent {}

    /**
     * An agent goes round in circles.
     *
     * @param pattern what repeats, and the entries of its last calls
     * @param count how often it has followed itself by now, or for how many turns
     * @param reaction what is done about it: {@code nudge}, {@code answer_now}, {@code escalate},
     *     {@code park} or {@code stop}
     */
    record LivelockSuspected(String pattern, int count, String reaction) implements GuardEvent {}
}
