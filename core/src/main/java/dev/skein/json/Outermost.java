package dev.skein.json;

import java.util.Arrays;

/**
 * Finds the outermost complete objects and arrays in a text, forgiving what models do: prose
 * around, comments, trailing commas, raw line ends in texts.
 *
 * <p>One pass: every container that opens is followed by a little automaton until it closes or
 * something stands where it cannot stand. Ranges of complete containers lie on a stack; one that
 * closes replaces those inside it, one that breaks leaves them as outermost ones. After a break the
 * search goes on where it happened, except when a text came right before: a quote that was prose
 * has then swallowed what follows it, and the search goes on inside. Between two quotes a character
 * is looked at a few times at most, hence the time is linear whatever the text.
 */
final class Outermost {
    private enum Next {
        ITEM_OR_END,
        NAME_OR_END,
        COLON,
        VALUE,
        COMMA_OR_END,
        BROKEN
    }

    private final String text;
    private final int[] opened = new int[Parser.MAX_DEPTH];
    private final int[] inside = new int[Parser.MAX_DEPTH];
    private int[] ranges = new int[16];
    private int count;
    private int depth;
    private int at;
    private int lastText;
    private boolean cutOff;
    private boolean noCommentEnds;

    Outermost(String text) {
        this.text = text;
    }

    int count() {
        return count;
    }

    int start(int range) {
        return ranges[2 * range];
    }

    int end(int range) {
        return ranges[2 * range + 1];
    }

    /** Whether the text ended within a container. */
    boolean cutOff() {
        return cutOff;
    }

    void scan() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '{' || c == '[') container(c);
            else at++;
        }
    }

    private void container(char bracket) {
        lastText = -1;
        var next = open(bracket);
        while (depth > 0) {
            if (!skipBlanks()) {
                giveUp();
                return;
            }
            int before = lastText;
            lastText = -1;
            next = step(next, text.charAt(at));
            if (next == Next.BROKEN) {
                if (lastText < 0) lastText = before;
                giveUp();
            }
        }
    }

    private void giveUp() {
        if (at >= text.length()) cutOff = true;
        if (lastText >= 0) at = lastText + 1;
        depth = 0;
    }

    private Next step(Next next, char c) {
        return switch (next) {
            case ITEM_OR_END -> c == ']' ? close() : value(c);
            case NAME_OR_END ->
                    c == '}' ? close() : c == '"' && skipText() ? Next.COLON : Next.BROKEN;
            case COLON -> c == ':' ? pass(1, Next.VALUE) : Next.BROKEN;
            case VALUE -> value(c);
            case COMMA_OR_END ->
                    c == ',' ? pass(1, another()) : c == closing() ? close() : Next.BROKEN;
            case BROKEN -> Next.BROKEN;
        };
    }

    private Next value(char c) {
        return switch (c) {
            case '{', '[' -> depth < opened.length ? open(c) : skipTooDeep();
            case '"' -> skipText() ? Next.COMMA_OR_END : Next.BROKEN;
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> Next.BROKEN;
        };
    }

    private Next open(char bracket) {
        opened[depth] = at++;
        inside[depth++] = count;
        return bracket == '[' ? Next.ITEM_OR_END : Next.NAME_OR_END;
    }

    private Next close() {
        at++;
        depth--;
        count = inside[depth];
        if (2 * count == ranges.length) ranges = Arrays.copyOf(ranges, ranges.length * 2);
        ranges[2 * count] = opened[depth];
        ranges[2 * count++ + 1] = at;
        return Next.COMMA_OR_END;
    }

    /**
     * Leaves what is nested too deep behind as a whole: its inner parts are not outermost, and it
     * is no value itself.
     */
    private Next skipTooDeep() {
        int open = depth;
        while (open > 0 && skipBlanks()) {
            char c = text.charAt(at);
            if (c == '"') skipText();
            else {
                if (c == '{' || c == '[') open++;
                if (c == '}' || c == ']') open--;
                at++;
            }
        }
        count = inside[0];
        depth = 0;
        if (open > 0) cutOff = true;
        return Next.COMMA_OR_END;
    }

    private Next another() {
        return closing() == ']' ? Next.ITEM_OR_END : Next.NAME_OR_END;
    }

    private char closing() {
        return text.charAt(opened[depth - 1]) == '[' ? ']' : '}';
    }

    private Next pass(int length, Next next) {
        at += length;
        return next;
    }

    private Next word(String word) {
        return text.startsWith(word, at) ? pass(word.length(), Next.COMMA_OR_END) : Next.BROKEN;
    }

    /** Whether it is a number to the letter is left to the parser. */
    private Next number() {
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
        return Next.COMMA_OR_END;
    }

    /** False if the text does not end. */
    private boolean skipText() {
        lastText = at++;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') at++;
            else if (c == '"') {
                at++;
                return true;
            }
        }
        return false;
    }

    /** Skips white space and comments; false if nothing follows, or a comment does not end. */
    private boolean skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') at++;
            else if (c != '/') return true;
            else if (text.startsWith("//", at)) skipTo(text.indexOf('\n', at));
            else if (!text.startsWith("/*", at)) return true;
            else if (!skipComment()) return false;
        }
        return false;
    }

    private boolean skipComment() {
        int end = noCommentEnds ? -1 : text.indexOf("*/", at + 2);
        if (end >= 0) {
            skipTo(end + 2);
            return true;
        }
        noCommentEnds = true;
        cutOff = true;
        lastText = -1;
        at += 2;
        return false;
    }

    private void skipTo(int end) {
        at = end < 0 ? text.length() : end;
        lastText = -1;
    }
}
