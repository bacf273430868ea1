package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON: to the letter, or with the comments, trailing commas and raw line ends in texts that
 * models add.
 *
 * <p>Our own, because the first answer of a program should not wait for a library to load, and
 * because nothing in between may change what is there: digits, halves of surrogate pairs, the order
 * of keys.
 */
final class Parser {
    static final int MAX_DEPTH = 64;
    private static final int MAX_TOKENS = 1_000_000;

    /** From so many on it pays to look for repeated values. */
    private static final int MANY_TOKENS = 200;

    private static final char END = '\uFFFF';
    private static final Json.Bool TRUE = new Json.Bool(true);
    private static final Json.Bool FALSE = new Json.Bool(false);
    private static final Json.Obj NO_FIELDS = new Json.Obj(Fields.NONE);
    private static final Json.Arr NO_ITEMS = new Json.Arr(List.of());

    private final String text;
    private final int start;
    private final int end;
    private @Nullable Repeats repeats;
    private final boolean tolerant;
    private int at;
    private int depth;
    private int tokens;

    private Parser(String text, int start, int end, boolean tolerant) {
        this.text = text;
        this.start = start;
        this.at = start;
        this.end = end;
        this.tolerant = tolerant;
    }

    static Json parse(String text) {
        return new Parser(text, 0, text.length(), false).document();
    }

    static Json parse(byte[] utf8) {
        var text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) checkEncoding(utf8);
        return parse(text);
    }

    static Json parseTolerantly(String text, int start, int end) {
        return new Parser(text, start, end, true).document();
    }

    /** Tells a replacement character that was there from one that stands for broken bytes. */
    private static void checkEncoding(byte[] utf8) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        } catch (CharacterCodingException broken) {
            throw new SkeinException(
                    new Invalid.Body("the text", "is not UTF-8", "Send one valid JSON value."),
                    broken);
        }
    }

    private Json document() {
        var value = value(next());
        if (next() != END || at < end) throw expected("the end of the text");
        return value;
    }

    private Json value(char first) {
        countToken();
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> text();
            case 't' -> word("true", TRUE);
            case 'f' -> word("false", FALSE);
            case 'n' -> word("null", Json.nothing());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw expected("a value");
        };
    }

    private void countToken() {
        if (++tokens > MAX_TOKENS)
            throw invalid("there are more than " + MAX_TOKENS + " names and values");
        if (tokens == MANY_TOKENS) repeats = new Repeats(text);
    }

    private Json object() {
        enter();
        if (next() == '}') return leave(NO_FIELDS);
        var fields = new Fields.Growing();
        do {
            if (next() != '"') throw expected("a name in quotes");
            var name = name();
            if (next() != ':') throw expected("':'");
            at++;
            if (!fields.add(name, value(next())))
                throw invalid("the key '" + name + "' is there twice");
        } while (another('}'));
        return leave(new Json.Obj(fields.done()));
    }

    private Json array() {
        enter();
        if (next() == ']') return leave(NO_ITEMS);
        var first = value(next());
        if (!another(']')) return leave(new Json.Arr(List.of(first)));
        var items = new ArrayList<Json>();
        items.add(first);
        do items.add(value(next()));
        while (another(']'));
        return leave(new Json.Arr(items));
    }

    private void enter() {
        if (++depth > MAX_DEPTH) throw invalid("it is nested deeper than " + MAX_DEPTH);
        at++;
    }

    private Json leave(Json container) {
        depth--;
        at++;
        return container;
    }

    /** Whether another part follows; if not, the closing bracket does. */
    private boolean another(char bracket) {
        char c = next();
        if (c == bracket) return false;
        if (c != ',') throw expected("',' or '" + bracket + "'");
        at++;
        return !tolerant || next() != bracket;
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at) || at + word.length() > end) throw expected("a value");
        at += word.length();
        return value;
    }

    private Json number() {
        int first = at;
        while (at < end && isOfNumber(text.charAt(at))) at++;
        try {
            return repeats == null
                    ? new Json.Num(text.substring(first, at))
                    : repeats.number(first, at);
        } catch (IllegalArgumentException noNumber) {
            at = first;
            throw expected("a number of at most " + Digits.MAX + " characters");
        }
    }

    private static boolean isOfNumber(char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }

    private String name() {
        countToken();
        int first = at + 1;
        int close = plainEnd();
        if (close < 0) return escapedString(first);
        return repeats == null ? text.substring(first, close) : repeats.name(first, close);
    }

    private Json text() {
        int first = at + 1;
        int close = plainEnd();
        if (close < 0) return new Json.Text(escapedString(first));
        return repeats == null
                ? new Json.Text(text.substring(first, close))
                : repeats.text(first, close);
    }

    /**
     * Where the text that begins here ends, or -1 if it has an escape, which is the next character
     * then.
     */
    private int plainEnd() {
        at = plain(at + 1);
        if (at == end) throw invalid("a text does not end");
        return text.charAt(at) == '"' ? at++ : -1;
    }

    /** Where the quotes or the escape are that come next; the end if there are none. */
    private int plain(int from) {
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') return i;
            if (c < ' ' && !tolerant) {
                at = i;
                throw invalid("a control character must be escaped in a text");
            }
        }
        return end;
    }

    private String escapedString(int first) {
        var value = new StringBuilder(at - first + 16);
        int from = first;
        while (at < end) {
            value.append(text, from, at++);
            if (text.charAt(at - 1) == '"') return value.toString();
            value.append(escape());
            from = at;
            at = plain(at);
        }
        throw invalid("a text does not end");
    }

    private char escape() {
        char c = at < end ? text.charAt(at++) : END;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> hex();
            default -> throw invalid("there is no such escape in a text");
        };
    }

    private char hex() {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit =
                    at < end && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) throw expected("four hexadecimal digits");
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** Where the next token is, and its first character; {@link #END} if there is none. */
    private char next() {
        while (at < end) {
            char c = text.charAt(at);
            if (c > ' ' && (c != '/' || !tolerant)) return c;
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') at++;
            else if (c == '/') skipComment();
            else return c;
        }
        return END;
    }

    private void skipComment() {
        boolean line = text.startsWith("//", at);
        if (!line && !text.startsWith("/*", at)) throw expected("a comment");
        int close = text.indexOf(line ? "\n" : "*/", at + 2);
        if (!line && (close < 0 || close + 2 > end)) throw invalid("a comment does not end");
        at = close < 0 || close >= end ? end : close + (line ? 1 : 2);
    }

    private SkeinException expected(String what) {
        return invalid(
                what + " is expected, not " + (at < end ? "'" + text.charAt(at) + "'" : "the end"));
    }

    private SkeinException invalid(String problem) {
        int line = 1;
        int column = 1;
        for (int i = start; i < Math.min(at, end); i++, column++) {
            if (text.charAt(i) != '\n') continue;
            line++;
            column = 0;
        }
        var where = "line " + line + ", column " + column;
        return new SkeinException(new Invalid.Body(where, problem, "Send one valid JSON value."));
    }
}
