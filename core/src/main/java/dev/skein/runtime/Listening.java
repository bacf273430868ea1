package dev.skein.runtime;

import dev.skein.event.RuntimeEvent;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;

/**
 * A caller's listener as the run sees it: one that throws is detached once and for all, and the run
 * goes on.
 */
final class Listening implements DeltaListener {
    private final LiveRun<?> run;
    private DeltaListener listener;
    private boolean heard;

    Listening(LiveRun<?> run, DeltaListener listener) {
        this.run = run;
        this.listener = listener;
    }

    /** Whether anybody listens, so that models need not stream for nobody. */
    boolean active() {
        return !listener.equals(DeltaListener.none());
    }

    /** What a model may write to: nobody, if nobody listens. */
    DeltaListener forModel() {
        return active() ? this : DeltaListener.none();
    }

    @Override
    public void on(Delta delta) {
        if (!active()) return;
        heard = true;
        try {
            listener.on(delta);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            listener = DeltaListener.none();
            run.record(
                    new RuntimeEvent.ObserverFailed(
                            "delta listener", Failures.threw("The delta listener", e, run.id())));
        }
    }

    /** The answer so far is void, if anything of it was heard. */
    void discard(int attempt) {
        if (heard) on(new Delta.Discarded(attempt));
        heard = false;
    }

    void turnEnded(int turn) {
        if (active()) on(new Delta.TurnEnded(turn));
        heard = false;
    }
}
