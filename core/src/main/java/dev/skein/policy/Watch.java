package dev.skein.policy;

import dev.skein.failure.Findings;
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
     * An agent that works and of which nothing is heard.
     *
     * @param limit 10 minutes
     * @param react {@code Nudge}: it is sent a message, which it reads before its next model call;
     *     {@code Stop}: the session fails with {@code limit.idle}; {@code Escalate}: as Stop, and
     *     its scope fails even if the session is optional. The others are refused: who is silent
     *     makes no turn that could have no tools, and no call that somebody could be asked for.
     *     {@code Stop}
     */
    record Silent(Duration limit, Reaction react) implements Watch {
        public Silent {
            if (!limit.isPositive())
                throw new IllegalArgumentException("a limit is positive, was " + limit);
            new Findings("watch")
                    .check(
                            !(react instanceof Reaction.AnswerNow
                                    || react instanceof Reaction.Park),
                            "the reaction to silence is nudge, escalate or stop, was %s",
                            react.word())
                    .orThrow();
        }

        public Silent withLimit(Duration limit) {
            return new Silent(limit, react);
        }

        public Silent withReact(Reaction react) {
            return new Silent(limit, react);
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
        return new Silent(Duration.ofMinutes(10), new Reaction.Stop());
    }
}
