package dev.skein.session;

import dev.skein.failure.Findings;

/**
 * How much a model may be sent.
 *
 * @param maxTokens input and output together; cut to the model's own size
 * @param reservedForOutput kept free for the answer; one that thinks may use 12,288 tokens more if
 *     it reads more than {@code maxTokens}
 * @param toolResultShare of what is left for input, the most that one tool result may take; above
 *     0, at most 1
 * @param compaction what is done with a conversation that grows too large
 */
public record ContextWindow(
        long maxTokens, long reservedForOutput, double toolResultShare, Compaction compaction) {
    private static final ContextWindow STANDARD = ContextWindow.of(200_000, 4_096, 0.3);

    public ContextWindow {
        new Findings("window")
                .check(maxTokens >= 1, "maxTokens must be at least 1, was %s", maxTokens)
                .check(
                        reservedForOutput >= 0,
                        "reservedForOutput must be at least 0, was %s",
                        reservedForOutput)
                .check(
                        reservedForOutput < maxTokens,
                        "reservedForOutput must be less than maxTokens, was %s of %s",
                        reservedForOutput,
                        maxTokens)
                .check(
                        toolResultShare > 0 && toolResultShare <= 1,
                        "toolResultShare must be above 0 and at most 1, was %s",
                        toolResultShare)
                .orThrow();
    }

    /** 200,000 tokens, 4,096 of them for the answer, a tool result at most 0.3 of the rest. */
    public static ContextWindow standard() {
        return STANDARD;
    }

    /** Whole exchanges are left out when they do not fit. */
    public static ContextWindow of(long maxTokens, long reservedForOutput, double toolResultShare) {
        return new ContextWindow(maxTokens, reservedForOutput, toolResultShare, Compaction.trim());
    }

    public ContextWindow withCompaction(Compaction compaction) {
        return new ContextWindow(maxTokens, reservedForOutput, toolResultShare, compaction);
    }

    /** Tokens for input, when the model itself takes at most {@code modelTokens}. */
    public long available(long modelTokens) {
        return Math.max(0, Math.min(maxTokens, modelTokens) - reservedForOutput);
    }

    public long toolResultTokens(long modelTokens) {
        return (long) Math.floor(available(modelTokens) * toolResultShare);
    }
}
