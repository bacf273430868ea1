package dev.skein.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What is looked after in a live session: pure data. */
public sealed interface Watch {
    /**
     * An agent that settled without calling one of the tools that it owes: it is told so, and when
     * that does not help either, the session fails with {@code limit.idle}. A call of one of the
     * tools, a new message, or a person who is asked begins it anew.
     *
     * @param quiet how long it must have been settled; 5 s
     * @param nudges how often it is told; 3
     * @param text what it is told
     */
    record Idle(Set<String> tools, Duration quiet, int nudges, String text) implements Watch {
        public Idle {
            tools = Set.copyOf(tools);
            if (tools.isEmpty())
                throw new IllegalArgumentException("an idle watch names at least one tool");
            if (!quiet.isPositive() || nudges < 0)
                throw new IllegalArgumentException(
                        "quiet is positive and nudges at least 0, were " + quiet + ", " + nudges);
        }

        public Idle withQuiet(Duration quiet) {
            return new Idle(tools, quiet, nudges, text);
        }

        public Idle withNudges(int nudges) {
            return new Idle(tools, quiet, nudges, text);
        }

        public Idle withText(String text) {
            return new Idle(tools, quiet, nudges, text);
        }
    }

    /**
     * An agent that works and of which nothing is heard: the session fails with {@code limit.idle}.
     *
     * @param limit 10 minutes
     */
    record Silent(Duration limit) implements Watch {
        public Silent {
            if (!limit.isPositive())
                throw new IllegalArgumentException("a limit is positive, was " + limit);
        }
    }

    static Idle idle(String... tools) {
        var names = String.join(" or ", List.of(tools));
        return new Idle(
                Set.of(tools),
                Duration.ofSeconds(5),
                3,
                "You have stopped without calling " + names + ". Go on, or call " + names + ".");
    }

    static Silent silent() {
        return new Silent(Duration.ofMinutes(10));
    }
}
