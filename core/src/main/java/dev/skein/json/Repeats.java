package dev.skein.json;

import org.jspecify.annotations.Nullable;

/**
 * Names and short values that a document has used before, to be used again: a long list of small
 * things would otherwise take many times its length in memory. A miss costs nothing but the new
 * object.
 */
final class Repeats {
    private static final int SLOTS = 256;
    private static final int SHORT = 4;
    private static final Json.Text EMPTY = new Json.Text("");

    private final String text;
    private final @Nullable String[] names = new String[SLOTS];
    private final Json.@Nullable Num[] numbers = new Json.Num[SLOTS];
    private final Json.@Nullable Text[] texts = new Json.Text[SLOTS];

    Repeats(String text) {
        this.text = text;
    }

    String name(int start, int end) {
        int slot = slot(start, end);
        var known = names[slot];
        if (known != null && isAt(known, start, end)) return known;
        var fresh = text.substring(start, end);
        names[slot] = fresh;
        return fresh;
    }

    Json.Num number(int start, int end) {
        if (end - start > SHORT) return new Json.Num(text.substring(start, end));
        int slot = slot(start, end);
        var known = numbers[slot];
        if (known != null && isAt(known.digits(), start, end)) return known;
        var fresh = new Json.Num(text.substring(start, end));
        numbers[slot] = fresh;
        return fresh;
    }

    Json.Text text(int start, int end) {
        if (start == end) return EMPTY;
        if (end - start > SHORT) return new Json.Text(text.substring(start, end));
        int slot = slot(start, end);
        var known = texts[slot];
        if (known != null && isAt(known.value(), start, end)) return known;
        var fresh = new Json.Text(text.substring(start, end));
        texts[slot] = fresh;
        return fresh;
    }

    private boolean isAt(String known, int start, int end) {
        return known.length() == end - start && text.startsWith(known, start);
    }

    private int slot(int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) hash = 31 * hash + text.charAt(i);
        return (hash ^ (hash >>> 8)) & (SLOTS - 1);
    }
}
