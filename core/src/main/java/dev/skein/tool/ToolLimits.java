package dev.skein.tool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of one call.
 *
 * @param timeout then the call is interrupted; 2 minutes
 * @param maxResultTokens the most of its result that a model sees; null: the share of the context
 *     window
 */
public record ToolLimits(Duration timeout, @Nullable Long maxResultTokens, Sharing sharing) {
    private static final ToolLimits STANDARD =
            new ToolLimits(Duration.ofMinutes(2), null, Sharing.TURN);

    public ToolLimits {
        if (timeout.isNegative() || timeout.isZero())
            throw new IllegalArgumentException("a timeout is positive, was " + timeout);
        if (maxResultTokens != null && maxResultTokens < 1)
            throw new IllegalArgumentException(
                    "maxResultTokens must be at least 1, was " + maxResultTokens);
    }

    public static ToolLimits standard() {
        return STANDARD;
    }

    public ToolLimits withTimeout(Duration timeout) {
        return new ToolLimits(timeout, maxResultTokens, sharing);
    }

    public ToolLimits withMaxResultTokens(long maxResultTokens) {
        return new ToolLimits(timeout, maxResultTokens, sharing);
    }

    public ToolLimits withSharing(Sharing sharing) {
        return new ToolLimits(timeout, maxResultTokens, sharing);
    }
}
