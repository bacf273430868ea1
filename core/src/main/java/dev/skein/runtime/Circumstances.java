package dev.skein.runtime;

import dev.skein.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What else a run may have to know of its making.
 *
 * @param attempt 1, or more if a supervisor started it again
 * @param previous why the attempt before ended
 * @param place the order of the run whose place it takes among its siblings; null: the last
 * @param desk of the live session whose turn it is; null: it is no such turn
 * @param rung how often the attempt before was seen going round in circles
 */
record Circumstances(
        int attempt,
        @Nullable Failure previous,
        @Nullable Long place,
        @Nullable Desk desk,
        int rung) {
    private static final Circumstances PLAIN = new Circumstances(1, null, null, null, 0);

    static Circumstances plain() {
        return PLAIN;
    }
}
