package dev.skein.cli;

import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;

/** Prints what a model says while it comes. Used by one run; closing it ends an open line. */
final class LiveText implements DeltaListener, AutoCloseable {
    private final Output output;
    private final StringBuilder turn = new StringBuilder();
    private String last = "";
    private boolean open;

    LiveText(Output output) {
        this.output = output;
    }

    @Override
    public void on(Delta delta) {
        switch (delta) {
            case Delta.Text(var text) -> {
                open = true;
                turn.append(text);
                output.piece(text);
            }
            case Delta.CallStarted(_, var tool) -> {
                close();
                output.note("calling " + tool);
            }
            case Delta.TurnEnded(_) -> {
                close();
                last = turn.toString();
                turn.setLength(0);
            }
            case Delta.Discarded(_) -> {
                close();
                turn.setLength(0);
                output.note("that is void; the answer begins again");
            }
            case Delta.Reasoning(_), Delta.CallArguments(_, _), Delta.Value(_) -> {}
        }
    }

    /** Whether that was printed as the last thing that was said. */
    boolean printed(String answer) {
        return !last.isEmpty() && last.equals(answer);
    }

    @Override
    public void close() {
        if (open) output.line("");
        open = false;
    }
}
