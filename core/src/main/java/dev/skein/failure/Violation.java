package dev.skein.failure;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One place where a value does not fit its type.
 *
 * @param pointer JSON pointer to the place; empty for the whole value
 * @param expected what belongs there, like {@code number}
 * @param found what is there, like {@code text}
 */
public record Violation(String pointer, String expected, String found) {
    private static final int SHOWN = 10;

    @Override
    public String toString() {
        var place = pointer.isEmpty() ? "the value" : pointer;
        return place + " expected " + expected + ", found " + found;
    }

    /** After a subject: one with its place, several as a list. */
    static String listed(List<Violation> violations) {
        if (violations.size() != 1) return ": " + line(violations);
        var only = violations.getFirst();
        var place = only.pointer.isEmpty() ? "" : " at " + only.pointer;
        return place + ": expected " + only.expected + ", found " + only.found;
    }

    /** At most ten of them in one line; the rest is counted. */
    static String line(List<Violation> violations) {
        var shown =
                violations.stream()
                        .limit(SHOWN)
                        .map(Violation::toString)
                        .collect(Collectors.joining("; "));
        return violations.size() <= SHOWN
                ? shown
                : shown + "; and " + (violations.size() - SHOWN) + " more";
    }
}
