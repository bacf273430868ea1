package dev.skein.model;

/**
 * Gets the pieces of a run in order, on the run's thread. One that throws is detached; the run goes
 * on.
 */
@FunctionalInterface
public interface DeltaListener {
    void on(Delta delta);

    /** The listener of those who only want the result. Models need not stream for it. */
    static DeltaListener none() {
        return Silent.NONE;
    }
}
