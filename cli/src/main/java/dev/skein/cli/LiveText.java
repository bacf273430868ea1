package dev.skein.cli;

import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;

/** Prints the answer while it comes. Used by one run. */
final class LiveText implements DeltaListener {
    private final Output output;
    private boolean open;

    LiveText(Output output) {
        this.output = output;
    }

    @Override
    public void on(Delta delta) {
        switch (delta) {
            case Delta.Text(var text) -> {
                open = true;
                output.piece(text);
            }
            case Delta.TurnEnded(_) -> endLine();
            case Delta.Discarded(_) -> {
                endLine();
                output.note("the answer broke off; it begins again");
            }
            case Delta.Reasoning(_),
                    Delta.CallStarted(_, _),
                    Delta.CallArguments(_, _),
                    Delta.Value(_) -> {}
        }
    }

    private void endLine() {
        if (open) output.line("");
        open = false;
    }
}
