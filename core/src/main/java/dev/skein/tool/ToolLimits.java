package dev.skein.tool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of one call.
 *
 * @param timeout then the call is interrupted; 2 minutes
 * @param maxResultTokens the most of its result that a model sees; null: the share of the context
 *     window
 * @param spillBytes the most of a result too large to be shown that is kept for the rest of the
 *     run, in a file, so that the model can read on; 64 MiB
 */
public record ToolLimits(
        Duration timeout, @Nullable Long maxResultTokens, long spillBytes, Sharing sharing) {
    private static final ToolLimits STANDARD =
            new ToolLimits(Duration.ofMinutes(2), null, 64L << 20, Sharing.TURN);

    public ToolLimits {
        if (timeout.isNegative() || timeout.isZero())
            throw new IllegalArgumentException("a timeout is positive, was " + timeout);
        if (maxResultTokens != null && maxResultTokens < 1)
            throw new IllegalArgumentException(
                    "maxResultTokens must be at least 1, was " + maxResultTokens);
        if (spillBytes < 0)
            throw new IllegalArgumentException("spillBytes must be at least 0, was " + spillBytes);
    }

    public static ToolLimits standard() {
        return STANDARD;
    }

    public ToolLimits withTimeout(Duration timeout) {
        return new ToolLimits(timeout, maxResultTokens, spillBytes, sharing);
    }

    public ToolLimits withMaxResultTokens(long maxResultTokens) {
        return new ToolLimits(timeout, maxResultTokens, spillBytes, sharing);
    }

    public ToolLimits withSpillBytes(long spillBytes) {
        return new ToolLimits(timeout, maxResultTokens, spillBytes, sharing);
    }

    public ToolLimits withSharing(Sharing sharing) {
        return new ToolLimits(timeout, maxResultTokens, spillBytes, sharing);
    }
}
