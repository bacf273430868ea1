package dev.skein.event;

/** What happened to a conversation. */
public sealed interface SessionEvent extends Event {
    record MessageAdded(Ref message, String role) implements SessionEvent {}

    record SessionRepaired(String what) implements SessionEvent {}

    /**
     * The oldest messages were condensed.
     *
     * @param from index of the first of them
     * @param to index behind the last of them
     */
    record SessionCompacted(int from, int to, Ref summary) implements SessionEvent {}

    /** What a child was shown of its caller's conversation. */
    record BackgroundGiven(Ref background, String from) implements SessionEvent {}
}
