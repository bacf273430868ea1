package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.failure.Violation;
import java.util.List;

/** On its way from a value that JSON cannot say to the root, gathering the path. */
final class Unencodable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String pointer;
    private final String expected;
    private final String found;

    Unencodable(String expected, String found) {
        this("", expected, found);
    }

    private Unencodable(String pointer, String expected, String found) {
        super(expected + ", not " + found, null, false, false);
        this.pointer = pointer;
        this.expected = expected;
        this.found = found;
    }

    /** The same, seen from outside of the thing that has this key. */
    Unencodable inside(String key) {
        return new Unencodable(Pointer.append("", key) + pointer, expected, found);
    }

    SkeinException as(String tag) {
        var violation = new Violation(pointer, expected, found);
        return new SkeinException(
                new Invalid.Input("The " + tag + " to be written", List.of(violation)));
    }
}
