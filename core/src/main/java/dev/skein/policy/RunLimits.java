package dev.skein.policy;

import dev.skein.failure.Findings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of one run: a task's beat the agent's, the agent's beat the runtime's.
 *
 * @param maxTurns model calls that may be made, 0 to 1,000; 10
 * @param deadline wall-clock time of the run, 100 ms to 24 h; 5 min
 * @param callsPerTurn calls of one answer that are carried out, 1 to 128; 32
 * @param parallelCalls calls of one answer that run at the same time, 1 to 64; 16
 * @param livelock what is done about an agent that repeats itself
 */
public record RunLimits(
        int maxTurns, Duration deadline, int callsPerTurn, int parallelCalls, Livelock livelock) {
    private static final int MOST_TURNS = 1_000;
    private static final int MOST_CALLS = 128;
    private static final int MOST_PARALLEL = 64;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final RunLimits STANDARD =
            new RunLimits(10, Duration.ofMinutes(5), 32, 16, Livelock.standard());

    public RunLimits {
        Some.checked(maxTurns, deadline, callsPerTurn, parallelCalls);
    }

    public static RunLimits standard() {
        return STANDARD;
    }

    public RunLimits withMaxTurns(int maxTurns) {
        return new RunLimits(maxTurns, deadline, callsPerTurn, parallelCalls, livelock);
    }

    public RunLimits withDeadline(Duration deadline) {
        return new RunLimits(maxTurns, deadline, callsPerTurn, parallelCalls, livelock);
    }

    public RunLimits withLivelock(Livelock livelock) {
        return new RunLimits(maxTurns, deadline, callsPerTurn, parallelCalls, livelock);
    }

    /** These limits with those of {@code over} in their place where it says something. */
    public RunLimits with(Some over) {
        if (over.equals(Some.NONE)) return this;
        return new RunLimits(
                over.maxTurns == null ? maxTurns : over.maxTurns,
                over.deadline == null ? deadline : over.deadline,
                over.callsPerTurn == null ? callsPerTurn : over.callsPerTurn,
                over.parallelCalls == null ? parallelCalls : over.parallelCalls,
                over.livelock == null ? livelock : over.livelock);
    }

    /** Limits of which some, or none, are set. */
    public record Some(
            @Nullable Integer maxTurns,
            @Nullable Duration deadline,
            @Nullable Integer callsPerTurn,
            @Nullable Integer parallelCalls,
            @Nullable Livelock livelock) {
        private static final Some NONE = new Some(null, null, null, null, null);

        public Some {
            checked(maxTurns, deadline, callsPerTurn, parallelCalls);
        }

        public static Some none() {
            return NONE;
        }

        public Some withMaxTurns(int maxTurns) {
            return new Some(maxTurns, deadline, callsPerTurn, parallelCalls, livelock);
        }

        public Some withDeadline(Duration deadline) {
            return new Some(maxTurns, deadline, callsPerTurn, parallelCalls, livelock);
        }

        public Some withCallsPerTurn(int callsPerTurn) {
            return new Some(maxTurns, deadline, callsPerTurn, parallelCalls, livelock);
        }

        public Some withParallelCalls(int parallelCalls) {
            return new Some(maxTurns, deadline, callsPerTurn, parallelCalls, livelock);
        }

        public Some withLivelock(Livelock livelock) {
            return new Some(maxTurns, deadline, callsPerTurn, parallelCalls, livelock);
        }

        private static void checked(
                @Nullable Integer maxTurns,
                @Nullable Duration deadline,
                @Nullable Integer callsPerTurn,
                @Nullable Integer parallelCalls) {
            new Findings("limits")
                    .check(
                            within(maxTurns, 0, MOST_TURNS),
                            "maxTurns must be 0 to 1,000, was %s",
                            maxTurns)
                    .check(
                            within(callsPerTurn, 1, MOST_CALLS),
                            "callsPerTurn must be 1 to 128, was %s",
                            callsPerTurn)
                    .check(
                            within(parallelCalls, 1, MOST_PARALLEL),
                            "parallelCalls must be 1 to 64, was %s",
                            parallelCalls)
                    .check(
                            deadline == null
                                    || (deadline.compareTo(SHORTEST) >= 0
                                            && deadline.compareTo(LONGEST) <= 0),
                            "deadline must be 100 ms to 24 h, was %s",
                            deadline)
                    .orThrow();
        }

        private static boolean within(@Nullable Integer value, int least, int most) {
            return value == null || (value >= least && value <= most);
        }
    }
}
