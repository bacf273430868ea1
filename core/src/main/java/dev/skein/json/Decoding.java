package dev.skein.json;

import dev.skein.failure.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One decoding under way: where it is, and what it has found so far. */
final class Decoding {
    private static final int MAX_NOTED = 100;
    private static final int SHOWN = 80;

    /**
     * How often variants without discriminator may be tried in one value: nested ones would
     * multiply without end.
     */
    private static final int MAX_TRIALS = 2000;

    private final boolean strict;
    private final List<Violation> violations = new ArrayList<>(0);
    private final List<String> notes = new ArrayList<>(0);
    private Object[] path = new Object[8];
    private int depth;
    private int trials;
    private int refused;

    Decoding(boolean strict) {
        this.strict = strict;
    }

    /** Whether unknown properties are violations. */
    boolean strict() {
        return strict;
    }

    List<Violation> violations() {
        return violations;
    }

    List<String> notes() {
        return notes;
    }

    /** How many violations there are; more than before means that something inside was refused. */
    int refused() {
        return refused;
    }

    void enter(Object keyOrIndex) {
        if (depth == path.length) path = Arrays.copyOf(path, depth * 2);
        path[depth++] = keyOrIndex;
    }

    void leave() {
        depth--;
    }

    /** A value of another kind than belongs here. */
    void mismatch(String expected, Json found) {
        violation(expected, kind(found));
    }

    void violation(String expected, String found) {
        refused++;
        if (violations.size() < MAX_NOTED)
            violations.add(new Violation(pointer(), expected, found));
    }

    void missing(String name, String expected) {
        enter(name);
        violation(expected, "nothing");
        leave();
    }

    /** An unknown property: a violation or a note. */
    void unknown(String name, List<String> known) {
        enter(name);
        if (strict)
            violation("one of the properties " + String.join(", ", known), "an unknown property");
        else if (notes.size() < MAX_NOTED) notes.add("dropped the unknown property " + pointer());
        leave();
    }

    /** A decoding at the same place that can be thrown away. */
    Decoding trial(boolean strictly) {
        var trial = new Decoding(strictly);
        trial.path = path.clone();
        trial.depth = depth;
        trial.trials = ++trials;
        return trial;
    }

    boolean mayTry() {
        return trials < MAX_TRIALS;
    }

    /** Counts what a trial has tried itself. */
    void spent(Decoding trial) {
        trials = trial.trials;
    }

    void adopt(Decoding trial) {
        refused += trial.refused;
        violations.addAll(trial.violations);
        notes.addAll(trial.notes);
    }

    String pointer() {
        var pointer = "";
        for (int i = 0; i < depth; i++) pointer = Pointer.append(pointer, path[i].toString());
        return pointer;
    }

    static String kind(Json json) {
        return switch (json) {
            case Json.Obj _ -> "object";
            case Json.Arr _ -> "array";
            case Json.Text _ -> "text";
            case Json.Num _ -> "number";
            case Json.Bool _ -> "boolean";
            case Json.Null() -> "null";
        };
    }

    /** The value itself, cut. */
    static String shown(Json json) {
        var text = json.canonical();
        if (text.length() <= SHOWN) return text;
        return text.substring(
                        0, Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN)
                + "…";
    }
}
