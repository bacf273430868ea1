package dev.skein.event;

import java.util.List;

/** What was asked of people and programs, and what they answered. */
public sealed interface GuardEvent extends Event {
    record ApprovalAsked(String id, String call, String tool, Ref arguments, List<String> reasons)
            implements GuardEvent {
        public ApprovalAsked {
            reasons = List.copyOf(reasons);
        }
    }

    record ApprovalAnswered(String id, String by, boolean allowed, String note)
            implements GuardEvent {}
}
