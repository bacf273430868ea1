package dev.skein.model;

/** A piece of a message. */
public sealed interface Part {
    record Text(String text) implements Part {}

    /**
     * What the model thought before it answered. It goes back to the same provider unchanged.
     *
     * @param signature the provider's proof that the text is its own; empty where there is none
     */
    record Reasoning(String text, String signature) implements Part {}
}
