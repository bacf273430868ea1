package dev.skein.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a batch is run.
 *
 * @param concurrency runs at the same time, 1 to 10,000; 100
 * @param failFast the first failure cancels the rest; false
 * @param timeout of the whole batch; null: none
 */
public record Gather(int concurrency, boolean failFast, @Nullable Duration timeout) {
    private static final int MOST = 10_000;
    private static final Gather STANDARD = new Gather(100, false, null);

    public Gather {
        if (concurrency < 1 || concurrency > MOST)
            throw new IllegalArgumentException(
                    "concurrency must be 1 to 10,000, was " + concurrency);
        if (timeout != null && (timeout.isNegative() || timeout.isZero()))
            throw new IllegalArgumentException("a timeout is positive, was " + timeout);
    }

    public static Gather standard() {
        return STANDARD;
    }

    public static Gather of(int concurrency) {
        return new Gather(concurrency, false, null);
    }

    public Gather failingFast() {
        return new Gather(concurrency, true, timeout);
    }

    public Gather within(Duration timeout) {
        return new Gather(concurrency, failFast, timeout);
    }
}
