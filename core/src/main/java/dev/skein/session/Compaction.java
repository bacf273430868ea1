package dev.skein.session;

import dev.skein.failure.Findings;
import org.jspecify.annotations.Nullable;

/** What happens to the oldest part of a conversation when it grows too large for the window. */
public sealed interface Compaction {
    /** Whole exchanges are left out of what the model is sent, the oldest first. */
    record Trim() implements Compaction {}

    /**
     * The oldest part is put into one message by a model call, which is charged to the run. If that
     * fails, exchanges are left out as {@link Trim} does.
     *
     * @param model that writes it; null: the run's own
     * @param startAt share of the window from which on it is done; above 0, at most 1
     * @param keepRecent share of the window that stays word for word; at least 0, below startAt
     */
    record Summarize(@Nullable String model, double startAt, double keepRecent)
            implements Compaction {
        public Summarize {
            new Findings("compaction")
                    .check(
                            startAt > 0 && startAt <= 1,
                            "startAt must be above 0 and at most 1, was %s",
                            startAt)
                    .check(
                            keepRecent >= 0 && keepRecent < startAt,
                            "keepRecent must be at least 0 and below startAt, was %s of %s",
                            keepRecent,
                            startAt)
                    .orThrow();
        }
    }

    static Compaction trim() {
        return new Trim();
    }

    /** By the run's own model, from 0.8 of the window on; 0.4 of it stays word for word. */
    static Compaction summarize() {
        return new Summarize(null, 0.8, 0.4);
    }
}
