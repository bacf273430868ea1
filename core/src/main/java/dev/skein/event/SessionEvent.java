package dev.skein.event;

import dev.skein.failure.Failure;
import org.jspecify.annotations.Nullable;

/** What happened to a conversation; of a live one, the origin's path is its path. */
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

    /**
     * A live session begins.
     *
     * @param incarnation counts the sessions that had this path, from 1
     */
    record SessionOpened(String name, String agent, int incarnation) implements SessionEvent {}

    /**
     * A live session changed its state.
     *
     * @param cause why, if that is a failure
     */
    record SessionChanged(SessionState from, SessionState to, @Nullable Failure cause)
            implements SessionEvent {}

    /**
     * A message was put into the queue of a live session.
     *
     * @param from {@code run:} or {@code session:} and a path, or {@code external:} and a tag
     * @param mode {@code steer} or {@code follow_up}
     */
    record MessageSent(String id, String from, String mode, Ref text) implements SessionEvent {}

    /** It is with the agent, which thinks elsewhere. */
    record MessageDelivered(String id) implements SessionEvent {}

    /** It is part of a request to the model. */
    record MessageSeen(String id) implements SessionEvent {}

    /** The session ended before its agent saw it. */
    record MessageDropped(String id, String why) implements SessionEvent {}
}
