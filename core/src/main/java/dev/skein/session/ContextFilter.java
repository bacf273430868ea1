package dev.skein.session;

import dev.skein.failure.Findings;

/**
 * What of its caller's conversation an agent sees when it runs as a child. It is shown as
 * background, in front of the task; never the caller's instructions. Seeing grants nothing.
 */
public sealed interface ContextFilter {
    record None() implements ContextFilter {}

    record All() implements ContextFilter {}

    /**
     * The newest exchanges. An exchange is a message of the user and all that followed it.
     *
     * @param exchanges at least 1
     */
    record Last(int exchanges) implements ContextFilter {
        public Last {
            new Findings("filter")
                    .check(exchanges >= 1, "exchanges must be at least 1, was %s", exchanges)
                    .orThrow();
        }
    }

    /**
     * A summary, written by one call of the child's model, which is charged to the child.
     *
     * @param maxTokens of the summary, at least 1
     */
    record Summary(int maxTokens) implements ContextFilter {
        public Summary {
            new Findings("filter")
                    .check(maxTokens >= 1, "maxTokens must be at least 1, was %s", maxTokens)
                    .orThrow();
        }
    }

    /** What a {@link HistoryFilter} of the runtime chooses. */
    record Named(String function) implements ContextFilter {
        public Named {
            new Findings("filter").check(!function.isBlank(), "function has no name").orThrow();
        }
    }

    static ContextFilter none() {
        return new None();
    }
}
