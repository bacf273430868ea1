package dev.skein.event;

/** What happened to a conversation. */
public sealed interface SessionEvent extends Event {
    record MessageAdded(Ref message, String role) implements SessionEvent {}

    record SessionRepaired(String what) implements SessionEvent {}
}
