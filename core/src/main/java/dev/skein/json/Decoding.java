package dev.skein.json;

import dev.skein.failure.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One decoding under way: where it is, and what it has found so far. */
final class Decoding {
    private static final int MAX_NOTED = 100;
    private static final int SHOWN = 80;

    private final boolean strict;
    private final Json root;
    private final List<Violation> violations = new ArrayList<>(0);
    private final List<String> notes = new ArrayList<>(0);
    private Object[] path = new Object[8];
    private int depth;
    private int refused;
    private @Nullable Effort effort;

    Decoding(boolean strict, Json root) {
        this.strict = strict;
        this.root = root;
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
        var trial = new Decoding(strictly, root);
        trial.path = path.clone();
        trial.depth = depth;
        trial.effort = effort();
        return trial;
    }

    /** What the whole value may still cost; shared with all trials. */
    Effort effort() {
        var known = effort;
        if (known == null) {
            known = new Effort(root);
            effort = known;
        }
        return known;
    }

    void adopt(Decoding trial) {
        refused += trial.refused;
        violations.addAll(trial.violations);
        notes.addAll(trial.notes);
    }

    String pointer() {
        var pointer = new StringBuilder();
        for (int i = 0; i < depth; i++) Pointer.append(pointer, path[i].toString());
        return pointer.toString();
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

    /** The value itself, cut; no more of it is looked at than is shown. */
    static String shown(Json json) {
        var text = new StringBuilder();
        show(json, text);
        if (text.length() <= SHOWN) return text.toString();
        text.setLength(Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN);
        return text.append("…").toString();
    }

    private static void show(Json json, StringBuilder text) {
        switch (json) {
            case Json.Obj(var fields) -> {
                var sign = "{";
                for (var field : fields.entrySet()) {
                    if (text.length() > SHOWN) return;
                    text.append(sign).append(start(field.getKey())).append(":");
                    show(field.getValue(), text);
                    sign = ",";
                }
                text.append(fields.isEmpty() ? "{}" : "}");
            }
            case Json.Arr(var items) -> {
                var sign = "[";
                for (var item : items) {
                    if (text.length() > SHOWN) return;
                    show(item, text.append(sign));
                    sign = ",";
                }
                text.append(items.isEmpty() ? "[]" : "]");
            }
            case Json.Text(var value) -> text.append(start(value));
            case Json.Num _, Json.Bool _, Json.Null _ -> text.append(json.canonical());
        }
    }

    /** So much of a text, quoted, that the end of it will not be seen. */
    private static String start(String value) {
        return new Json.Text(value.length() > 2 * SHOWN ? value.substring(0, 2 * SHOWN) : value)
                .canonical();
    }
}
