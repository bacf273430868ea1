package dev.skein.policy;

import dev.skein.failure.Findings;
import java.util.List;
import java.util.Set;

/**
 * When an agent is said to go round in circles, and what is done then: the first further repetition
 * gets the first reaction of the ladder, the next one the second, and the last reaction is for all
 * that follow.
 *
 * @param repeats how often something must follow itself: one call with the same arguments and the
 *     same result, a round of two to four calls with the same arguments, an answer; 2 to 100; 3
 * @param idleTurns turns in a row in which tools gave nothing that they had not given before and
 *     none but READ_ONLY ones succeeded; 2 to 1,000; 8
 * @param ladder at most 16; empty: nothing is looked for; {@code Nudge}, {@code AnswerNow}, {@code
 *     Stop}
 * @param polling tools that may be called again and again; they are left out; none
 */
public record Livelock(int repeats, int idleTurns, List<Reaction> ladder, Set<String> polling) {
    private static final int MOST_REPEATS = 100;
    private static final int MOST_TURNS = 1_000;
    private static final int MOST_RUNGS = 16;
    private static final Livelock STANDARD =
            new Livelock(
                    3,
                    8,
                    List.of(new Reaction.Nudge(), new Reaction.AnswerNow(), new Reaction.Stop()),
                    Set.of());

    public Livelock {
        ladder = List.copyOf(ladder);
        polling = Set.copyOf(polling);
        new Findings("livelock")
                .check(
                        repeats >= 2 && repeats <= MOST_REPEATS,
                        "repeats must be 2 to 100, was %s",
                        repeats)
                .check(
                        idleTurns >= 2 && idleTurns <= MOST_TURNS,
                        "idleTurns must be 2 to 1,000, was %s",
                        idleTurns)
                .check(
                        ladder.size() <= MOST_RUNGS,
                        "the ladder has at most 16 reactions, was %s",
                        ladder.size())
                .orThrow();
    }

    public static Livelock standard() {
        return STANDARD;
    }

    /** Nothing is looked for. */
    public static Livelock off() {
        return STANDARD.withLadder();
    }

    public Livelock withRepeats(int repeats) {
        return new Livelock(repeats, idleTurns, ladder, polling);
    }

    public Livelock withIdleTurns(int idleTurns) {
        return new Livelock(repeats, idleTurns, ladder, polling);
    }

    public Livelock withLadder(Reaction... ladder) {
        return new Livelock(repeats, idleTurns, List.of(ladder), polling);
    }

    public Livelock withPolling(String... tools) {
        return new Livelock(repeats, idleTurns, ladder, Set.of(tools));
    }
}
