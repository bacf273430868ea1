package dev.skein.runtime;

import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.Usage;

/**
 * Hands on what a model tells in one try, and keeps what it says that the provider has counted. A
 * model that need not stream hears that nobody listens. For the run's own thread.
 */
final class Meter implements DeltaListener {
    private final DeltaListener listener;
    private Usage counted = Usage.none();

    Meter(DeltaListener listener) {
        this.listener = listener;
    }

    /** What the model may write to. */
    DeltaListener forModel() {
        return listener.equals(DeltaListener.none()) ? listener : this;
    }

    /** What was counted last; nothing if the provider did not say. */
    Usage counted() {
        return counted;
    }

    @Override
    public void on(Delta delta) {
        listener.on(delta);
    }

    @Override
    public void counted(Usage soFar) {
        counted = soFar;
    }
}
