package dev.skein.model;

/**
 * Gets the pieces of a run in order, on the run's thread. One that throws is detached; the run goes
 * on.
 */
@FunctionalInterface
public interface DeltaListener {
    void on(Delta delta);

    /**
     * What the provider has counted so far of an answer that still comes in; a later count replaces
     * an earlier one. A model says it, so that an answer that breaks off is paid for nevertheless.
     * The runtime hears it and does not hand it on.
     */
    default void counted(Usage soFar) {}

    /** The listener of those who only want the result. Models need not stream for it. */
    static DeltaListener none() {
        return Silent.NONE;
    }
}
