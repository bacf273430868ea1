package dev.skein.json;

import java.util.regex.Pattern;

/**
 * A text that loses patience with a regular expression that reads it again and again: some
 * expressions take exponential time on some texts, and both may come from strangers.
 */
final class Patience implements CharSequence {
    private static final int READS = 10_000_000;

    private final CharSequence text;
    private final int[] left;

    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        Lost() {
            super("the expression takes too long", null, false, false);
        }
    }

    private Patience(CharSequence text, int[] left) {
        this.text = text;
        this.left = left;
    }

    /** Whether the pattern is found; false also if that cannot be told in reasonable time. */
    static boolean find(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Patience(text, new int[] {READS})).find();
        } catch (Lost | StackOverflowError tooHard) {
            return false;
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (left[0]-- == 0) throw new Lost();
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new Patience(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
