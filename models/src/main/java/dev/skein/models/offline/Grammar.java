package dev.skein.models.offline;

import java.util.BitSet;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a text that a regular expression may match: literals, classes, groups, alternatives and
 * repetitions are understood. It reads the expression as it writes; what is repeated is read again.
 * Look-around and back references are not understood, so the text must be checked.
 */
final class Grammar {
    private static final int FIRST_PRINTABLE = ' ';
    private static final int LAST_PRINTABLE = '~';
    private static final int MOST_LETTERS = 10_000;

    private final String pattern;
    private final Draw draw;
    private final int wanted;
    private int at;
    private int written;

    private Grammar(String pattern, Draw draw, int wanted) {
        this.pattern = pattern;
        this.draw = draw;
        this.wanted = wanted;
    }

    /** A text, preferably of that length or more. */
    static String write(String pattern, Draw draw, int wanted) {
        var grammar = new Grammar(pattern, draw, Math.min(wanted, MOST_LETTERS));
        var text = grammar.alternatives();
        if (grammar.at < pattern.length())
            throw grammar.unknown("a group is closed that was not opened");
        return text;
    }

    private String alternatives() {
        var chosen = sequence();
        for (int count = 2; peek('|'); count++) {
            at++;
            var next = sequence();
            if (draw.one(count) == 0) chosen = next;
        }
        return chosen;
    }

    private String sequence() {
        var text = new StringBuilder();
        while (at < pattern.length() && !peek('|') && !peek(')')) text.append(repeated());
        return text.toString();
    }

    private String repeated() {
        int start = at;
        var first = atom();
        var range = repetition();
        int end = at;
        int count = draw.count(range.min(), range.max());
        if (range.max() > wanted) count = Math.min(range.max(), count + draw.one(wanted + 1));
        if (count == 0) return "";
        var text = new StringBuilder(first);
        for (int i = 1; i < count; i++) {
            at = start;
            text.append(atom());
        }
        at = end;
        return text.toString();
    }

    private record Repetition(int min, int max) {}

    private Repetition repetition() {
        if (at == pattern.length()) return new Repetition(1, 1);
        var range =
                switch (pattern.charAt(at)) {
                    case '?' -> new Repetition(0, 1);
                    case '*' -> new Repetition(0, MOST_LETTERS);
                    case '+' -> new Repetition(1, MOST_LETTERS);
                    case '{' -> counted();
                    default -> null;
                };
        if (range == null) return new Repetition(1, 1);
        at++;
        if (peek('?') || peek('+')) at++;
        return range;
    }

    /** Leaves off at the closing brace. */
    private Repetition counted() {
        int end = pattern.indexOf('}', at);
        if (end < 0) throw unknown("a repetition is not closed");
        var bounds = pattern.substring(at + 1, end).split(",", -1);
        at = end;
        try {
            int min = Integer.parseInt(bounds[0]);
            if (bounds.length == 1) return new Repetition(min, min);
            return new Repetition(
                    min, bounds[1].isEmpty() ? MOST_LETTERS : Integer.parseInt(bounds[1]));
        } catch (NumberFormatException e) {
            throw unknown("a repetition is not counted in numbers");
        }
    }

    private String atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '^', '$' -> "";
            case '(' -> group();
            case '[' -> oneOf(characters());
            case '\\' -> escaped();
            case '.' -> oneOf(range(FIRST_PRINTABLE + 1, LAST_PRINTABLE));
            default -> letters(String.valueOf(c));
        };
    }

    private String group() {
        if (peek('?')) {
            int name = pattern.indexOf('>', at);
            if (pattern.startsWith("?:", at)) at += 2;
            else if (pattern.startsWith("?<", at)
                    && name > 0
                    && !pattern.startsWith("?<=", at)
                    && !pattern.startsWith("?<!", at)) at = name + 1;
            else throw unknown("a group of that kind");
        }
        var text = alternatives();
        if (!peek(')')) throw unknown("a group is not closed");
        at++;
        return text;
    }

    private String escaped() {
        if (at == pattern.length()) throw unknown("nothing is escaped");
        char c = pattern.charAt(at++);
        var known = named(c);
        if (known != null) return oneOf(known);
        return switch (c) {
            case 'b', 'B', 'A', 'z', 'Z' -> "";
            case 'n' -> letters("\n");
            case 't' -> letters("\t");
            default -> letters(String.valueOf(c));
        };
    }

    /** The inside of brackets, up to the closing one. */
    private BitSet characters() {
        boolean not = peek('^');
        if (not) at++;
        var all = new BitSet();
        for (boolean first = true; first || !peek(']'); first = false) {
            if (at >= pattern.length()) throw unknown("a class is not closed");
            add(all);
        }
        at++;
        if (!not) return all;
        var others = range(FIRST_PRINTABLE + 1, LAST_PRINTABLE);
        others.andNot(all);
        return others;
    }

    private void add(BitSet all) {
        char c = pattern.charAt(at++);
        if (c == '\\' && at < pattern.length()) {
            c = pattern.charAt(at++);
            var known = named(c);
            if (known != null) {
                all.or(known);
                return;
            }
        }
        boolean range = at + 1 < pattern.length() && peek('-') && pattern.charAt(at + 1) != ']';
        char last = range ? pattern.charAt(at + 1) : c;
        if (range) at += 2;
        if (last < c) throw unknown("a range runs backwards");
        all.set(c, last + 1);
    }

    private static @Nullable BitSet named(char c) {
        return switch (c) {
            case 'd' -> range('0', '9');
            case 's' -> range(' ', ' ');
            case 'w' -> {
                var word = range('a', 'z');
                word.or(range('0', '9'));
                yield word;
            }
            case 'D', 'W', 'S' -> range(c == 'W' ? '!' : 'a', c == 'W' ? '/' : 'z');
            default -> null;
        };
    }

    private static BitSet range(int first, int last) {
        var all = new BitSet();
        all.set(first, last + 1);
        return all;
    }

    private String oneOf(BitSet all) {
        if (all.isEmpty()) throw unknown("a class is empty");
        int skip = draw.one(all.cardinality());
        int bit = all.nextSetBit(0);
        for (int i = 0; i < skip; i++) bit = all.nextSetBit(bit + 1);
        return letters(String.valueOf((char) bit));
    }

    private String letters(String text) {
        written += text.length();
        if (written > MOST_LETTERS) throw unknown("a text of that length");
        return text;
    }

    private boolean peek(char c) {
        return at < pattern.length() && pattern.charAt(at) == c;
    }

    private PatternSyntaxException unknown(String what) {
        return new PatternSyntaxException(what, pattern, at);
    }
}
