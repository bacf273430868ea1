package dev.skein.json;

/**
 * A container that was open when its text ended.
 *
 * @param whole behind the last thing in it that nothing can change any more
 * @param openText where a text begins that was open as well; -1 if there is none
 * @param brackets that were open, the outermost first
 */
record Torn(int start, int whole, int openText, String brackets) {
    private static final int ESCAPE = 6;

    /** The container, closed as early as possible. */
    String closed(String text) {
        var closed = new StringBuilder();
        if (openText < 0) closed.append(text, start, whole);
        else closed.append(text, start, end(text, openText + 1)).append('"');
        for (int i = brackets.length() - 1; i >= 0; i--)
            closed.append(brackets.charAt(i) == '[' ? ']' : '}');
        return closed.toString();
    }

    /** The end of the last whole character: behind half an escape or half a pair more will come. */
    private static int end(String text, int from) {
        int end = text.length();
        for (int before = end + 1; end < before; ) {
            before = end;
            end = shortened(text, from, end);
        }
        return end;
    }

    private static int shortened(String text, int from, int end) {
        if (end > from && Character.isHighSurrogate(text.charAt(end - 1))) return end - 1;
        int escape = text.lastIndexOf('\\', end - 1);
        boolean late = escape >= Math.max(from, end - ESCAPE) && isActive(text, from, escape);
        return late && isHalf(text.substring(escape, end)) ? escape : end;
    }

    /** A backslash that is not itself escaped. */
    private static boolean isActive(String text, int from, int escape) {
        int first = escape;
        while (first > from && text.charAt(first - 1) == '\\') first--;
        return (escape - first) % 2 == 0;
    }

    private static boolean isHalf(String escape) {
        if (escape.length() == 1) return true;
        if (escape.charAt(1) != 'u') return false;
        return escape.length() < ESCAPE || isHighSurrogate(escape.charAt(2), escape.charAt(3));
    }

    private static boolean isHighSurrogate(char first, char second) {
        int next = Character.digit(second, 16);
        return (first == 'd' || first == 'D') && next >= 8 && next <= 11;
    }
}
