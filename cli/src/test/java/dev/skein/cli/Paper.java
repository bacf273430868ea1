package dev.skein.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Output that can be read afterwards. */
final class Paper {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Output plain() {
        return of(Output.Manner.PLAIN);
    }

    Output debug() {
        return of(new Output.Manner(false, false, true));
    }

    Output json() {
        return of(new Output.Manner(true, false, false));
    }

    Output of(Output.Manner manner) {
        return new Output(stream(out), stream(err), manner);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
