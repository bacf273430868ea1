package dev.skein.models.wire;

import java.util.function.Consumer;

/** What one event of a streamed answer came to. */
public sealed interface Heard {
    /** Something of the answer, or nothing; more will follow. */
    Heard MORE = new More();

    /** The mark of the end. */
    Heard END = new End();

    /**
     * Nothing but a piece of text, which the gathering has by now.
     *
     * @param text as it stands in the event
     * @param more where the pieces of events go that are the same but for their text
     */
    record Piece(String text, Consumer<String> more) implements Heard {}

    /** See {@link #MORE}. */
    record More() implements Heard {}

    /** See {@link #END}. */
    record End() implements Heard {}
}
