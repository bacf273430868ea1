package dev.skein.json;

import dev.skein.failure.Violation;
import java.util.List;

/** What became of JSON that was to be a value: the value, or why it is none. */
public sealed interface Decoded<T> {
    /**
     * It fits.
     *
     * @param notes what was dropped on the way, one line each
     */
    record Ok<T>(T value, List<String> notes) implements Decoded<T> {
        /** Copies the notes. */
        public Ok {
            notes = List.copyOf(notes);
        }
    }

    /** It does not fit; at least one violation says where and why. */
    record Bad<T>(List<Violation> violations) implements Decoded<T> {
        /** Copies the violations. */
        public Bad {
            violations = List.copyOf(violations);
        }
    }
}
