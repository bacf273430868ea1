package dev.skein.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody who misspelt a name probably meant. */
public final class Nearest {
    private static final int SHOWN = 3;
    private static final int LONGEST = 200;

    private Nearest() {}

    /**
     * At most three of the known names, the nearest first; empty if none is near. Case does not
     * count.
     */
    public static List<String> of(String name, Collection<String> known) {
        if (name.length() > LONGEST) return List.of();
        record Near(String name, int distance) {}
        int reach = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(other -> Math.abs(other.length() - name.length()) <= reach)
                .map(other -> new Near(other, distance(name, other)))
                .filter(near -> near.distance() <= reach)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(SHOWN)
                .map(Near::name)
                .toList();
    }

    /** "Did you mean …?" where a known name is near, else the other advice. */
    static String remedy(String name, Collection<String> known, String otherwise) {
        var near = of(name, known);
        return near.isEmpty() ? otherwise : "Did you mean " + String.join(" or ", near) + "?";
    }

    /**
     * Levenshtein's distance: insertions, deletions and replacements; two rows of the table are
     * enough.
     */
    private static int distance(String left, String right) {
        var a = left.toLowerCase(Locale.ROOT);
        var b = right.toLowerCase(Locale.ROOT);
        var above = new int[b.length() + 1];
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) above[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            var spare = above;
            above = row;
            row = spare;
        }
        return above[b.length()];
    }
}
