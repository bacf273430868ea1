package dev.skein.runtime;

import dev.skein.event.RuntimeEvent;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A caller's listener as the run sees it: one that throws is detached once and for all, and the run
 * goes on.
 */
final class Listening implements DeltaListener {
    private final LiveRun<?> run;
    private final StringBuilder text = new StringBuilder();
    private DeltaListener listener;
    private @Nullable LiveValue value;
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

    /** What the answers are to be; of what is not text, the listener hears how far it has come. */
    void expect(JsonType<?> output) {
        boolean typed = active() && !output.equals(JsonType.text());
        value = typed ? new LiveValue(output, run.engine().time()) : null;
    }

    @Override
    public void on(Delta delta) {
        if (!active()) return;
        heard = true;
        tell(delta);
        if (!(delta instanceof Delta.Text(var piece))) return;
        text.append(piece);
        if (value != null) value.in(text).ifPresent(soFar -> tell(new Delta.Value(soFar)));
    }

    private void tell(Delta delta) {
        try {
            listener.on(delta);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            listener = DeltaListener.none();
            run.record(
                    new RuntimeEvent.ObserverFailed(
                            "delta listener", Failures.threw("The delta listener", e, run.id())));
        }
    }

    /**
     * The message as it was recorded. If its text is not what was heard, because an interceptor
     * changed it or the model did not stream, all of it is told anew.
     */
    void recorded(Message.Assistant message) {
        var said = message.text();
        if (!active() || said.contentEquals(text)) return;
        discard(1);
        if (!said.isEmpty()) on(new Delta.Text(said));
        for (var call : message.calls()) {
            on(new Delta.CallStarted(call.id(), call.name()));
            on(new Delta.CallArguments(call.id(), call.arguments().canonical()));
        }
    }

    /** The whole output, if it was expected and not told yet. */
    void ended(Supplier<Json> output) {
        if (value != null && active())
            value.ifNew(output.get()).ifPresent(whole -> tell(new Delta.Value(whole)));
    }

    /** The answer so far is void, if anything of it was heard. */
    void discard(int attempt) {
        if (heard) on(new Delta.Discarded(attempt));
        restart();
    }

    void turnEnded(int turn) {
        if (active()) on(new Delta.TurnEnded(turn));
        restart();
    }

    private void restart() {
        heard = false;
        text.setLength(0);
        if (value != null) value.restart();
    }
}
