package dev.skein.event;

import dev.skein.failure.Failure;

/** The life of the runtime itself. */
public sealed interface RuntimeEvent extends Event {
    record RuntimeStarted(String version, String journal) implements RuntimeEvent {}

    record RuntimeStopped(boolean clean) implements RuntimeEvent {}

    /** A listener or another part that the runtime calls out to went wrong; the run went on. */
    record ObserverFailed(String name, Failure failure) implements RuntimeEvent {}
}
