package dev.skein.tool;

/**
 * A program that permits or forbids a call that must be asked for. Anything but a clear yes is a
 * no.
 */
@FunctionalInterface
public interface Approver {
    /** May block; the run waits, and its time stands still meanwhile. */
    Answer decide(Approval asked) throws InterruptedException;

    sealed interface Answer {
        record Allow(String note) implements Answer {}

        record Deny(String reason) implements Answer {}

        /** Leaves it to the next approver. */
        record Later() implements Answer {}
    }
}
