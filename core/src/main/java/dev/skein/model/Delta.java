package dev.skein.model;

import dev.skein.json.Json;

/**
 * A piece of a run while it happens. The texts since the last {@link Discarded} of a turn are its
 * text. How a text is cut says nothing: what has arrived at the same time may be one piece.
 */
public sealed interface Delta {
    record Text(String text) implements Delta {}

    record Reasoning(String text) implements Delta {}

    record CallStarted(String id, String name) implements Delta {}

    record CallArguments(String id, String fragment) implements Delta {}

    /**
     * The typed output as far as it has come: open texts, arrays and objects are closed, half a
     * name, number or word is left out. At most ten times a second, while the text is shorter than
     * a mebibyte, and once more when the whole output has been accepted.
     */
    record Value(Json soFar) implements Delta {}

    record TurnEnded(int turn) implements Delta {}

    /**
     * The deltas of this turn so far are void: the answer broke off and is asked for again, or an
     * interceptor made another one of it.
     */
    record Discarded(int attempt) implements Delta {}
}
