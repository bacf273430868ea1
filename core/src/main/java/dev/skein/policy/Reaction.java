package dev.skein.policy;

/** What is done about an agent that makes no progress. */
public sealed interface Reaction {
    /** It is told what repeats, in one message. */
    record Nudge() implements Reaction {}

    /** Its next turn has no tools: it can only answer with what it has. */
    record AnswerNow() implements Reaction {}

    /**
     * It ends as with {@link Stop}, and whoever supervises it decides: a live session fails its
     * scope, even if it is optional.
     */
    record Escalate() implements Reaction {}

    /**
     * The approvers are asked whether it may make the repeated call again; its run is {@code
     * input_required} meanwhile. A yes begins everything anew. Anything else stops it, as it does
     * where no call repeats, which they could be asked for.
     */
    record Park() implements Reaction {}

    /** It ends: a run with {@code limit.livelock}, a live session is lost. */
    record Stop() implements Reaction {}

    /** The name in events and texts: {@code nudge}, {@code answer_now} and so on. */
    default String word() {
        return switch (this) {
            case Nudge() -> "nudge";
            case AnswerNow() -> "answer_now";
            case Escalate() -> "escalate";
            case Park() -> "park";
            case Stop() -> "stop";
        };
    }
}
