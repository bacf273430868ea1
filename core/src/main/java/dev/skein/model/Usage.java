package dev.skein.model;

/**
 * Tokens, model calls and their cost. Sums are longs.
 *
 * @param input all input tokens, cached ones included
 * @param cacheRead input tokens that came from the provider's cache
 * @param cacheWrite input tokens that were put into it
 * @param reasoning output tokens spent on thinking, part of {@code output}
 */
public record Usage(
        long input,
        long output,
        long cacheRead,
        long cacheWrite,
        long reasoning,
        int calls,
        Cost cost) {
    private static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, Cost.none());

    public static Usage none() {
        return NONE;
    }

    /** One call with these tokens, cost not yet known. */
    public static Usage of(long input, long output) {
        return new Usage(input, output, 0, 0, 0, 1, Cost.none());
    }

    public long total() {
        return input + output;
    }

    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                output + other.output,
                cacheRead + other.cacheRead,
                cacheWrite + other.cacheWrite,
                reasoning + other.reasoning,
                calls + other.calls,
                cost.plus(other.cost));
    }

    public Usage withCost(Cost cost) {
        return new Usage(input, output, cacheRead, cacheWrite, reasoning, calls, cost);
    }

    public Usage withCache(long cacheRead, long cacheWrite) {
        return new Usage(input, output, cacheRead, cacheWrite, reasoning, calls, cost);
    }

    public Usage withReasoning(long reasoning) {
        return new Usage(input, output, cacheRead, cacheWrite, reasoning, calls, cost);
    }
}
