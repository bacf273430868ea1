package dev.skein.model;

/** Guesses how many tokens a text has, before a provider counts them. */
@FunctionalInterface
public interface TokenEstimator {
    long tokens(String text);

    /** Four UTF-8 bytes a token, rounded up. */
    static TokenEstimator bytes() {
        return text -> (utf8Length(text) + 3) / 4;
    }

    private static long utf8Length(String text) {
        long length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) continue;
            length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return length;
    }
}
