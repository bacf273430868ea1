package dev.skein.json;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private int whole;
    private int openText;
    private boolean cutOff;
    private boolean noCommentEnds;
    private @Nullable Torn torn;

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

    /** The first container that was still open when the text ended. */
    Optional<Torn> torn() {
        return Optional.ofNullable(torn);
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
            } else if (next != Next.COLON && next != Next.VALUE) whole = at;
        }
    }

    private void giveUp() {
        if (at >= text.length()) tear();
        if (lastText >= 0) at = lastText + 1;
        depth = 0;
    }

    private void tear() {
        cutOff = true;
        if (torn != null) return;
        var brackets = new StringBuilder(depth);
        for (int i = 0; i < depth; i++) brackets.append(text.charAt(opened[i]));
        torn = new Torn(opened[0], whole, openText, brackets.toString());
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
            case '"' -> skipText() ? Next.COMMA_OR_END : textThatDoesNotEnd();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> Next.BROKEN;
        };
    }

    private Next textThatDoesNotEnd() {
        openText = lastText;
        return Next.BROKEN;
    }

    private Next open(char bracket) {
        opened[depth] = at++;
        openText = -1;
        whole = at;
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
        if (text.startsWith(word, at)) return pass(word.length(), Next.COMMA_OR_END);
        int left = text.length() - at;
        if (left < word.length() && text.startsWith(word.substring(0, left), at)) at += left;
        return Next.BROKEN;
    }

    /** Whether it is a number to the letter is left to the parser. More digits may be missing. */
    private Next number() {
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
        return at < text.length() ? Next.COMMA_OR_END : Next.BROKEN;
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
            else if (at + 1 == text.length()) at++;
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
        tear();
        lastText = -1;
        at += 2;
        return false;
    }

    private void skipTo(int end) {
        at = end < 0 ? text.length() : end;
        lastText = -1;
    }
}
