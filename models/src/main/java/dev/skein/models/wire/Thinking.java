package dev.skein.models.wire;

import org.jspecify.annotations.Nullable;

/** How much a model may think: a word for some providers, a number of tokens for others. */
public final class Thinking {
    private static final int LITTLE = 2_048;
    private static final int SOME = 8_192;
    private static final int MUCH = 24_576;

    private Thinking() {}

    /** The number of tokens for a word or a number; 0 for null. */
    public static int tokens(@Nullable String reasoning) {
        return switch (reasoning) {
            case null -> 0;
            case "low" -> LITTLE;
            case "medium" -> SOME;
            case "high" -> MUCH;
            default -> Integer.parseInt(reasoning);
        };
    }

    /** The word for a word or a number. */
    public static String word(String reasoning) {
        if (!isNumber(reasoning)) return reasoning;
        int tokens = tokens(reasoning);
        return tokens <= LITTLE ? "low" : tokens <= SOME ? "medium" : "high";
    }

    /** Whether it is said as a number. */
    public static boolean isNumber(String reasoning) {
        return Character.isDigit(reasoning.charAt(0));
    }
}
