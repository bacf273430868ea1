package dev.skein.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: {@code first}, then {@code factor} times as long each time,
 * never more than {@code max}, each off by up to {@code jitter} of itself.
 *
 * @param first 500 ms
 * @param factor 2
 * @param max 30 s
 * @param jitter 0 to 1; 0.2
 */
public record Backoff(Duration first, double factor, Duration max, double jitter) {
    private static final Backoff STANDARD =
            new Backoff(Duration.ofMillis(500), 2, Duration.ofSeconds(30), 0.2);
    private static final Backoff NONE = new Backoff(Duration.ZERO, 1, Duration.ZERO, 0);

    public Backoff {
        if (first.isNegative() || max.compareTo(first) < 0 || factor < 1)
            throw new IllegalArgumentException(
                    "a backoff begins at 0 or more and never shrinks, was " + first + ", " + max);
        if (!(jitter >= 0 && jitter <= 1))
            throw new IllegalArgumentException("jitter is 0 to 1, was " + jitter);
    }

    public static Backoff standard() {
        return STANDARD;
    }

    /** At once. */
    public static Backoff none() {
        return NONE;
    }

    /** The pause before that retry; the first is 1. */
    public Duration before(int retry, RandomGenerator random) {
        double nanos =
                Math.min(
                        (double) max.toNanos(),
                        (double) first.toNanos() * Math.pow(factor, retry - 1));
        return Duration.ofNanos((long) (nanos * (1 + jitter * (2 * random.nextDouble() - 1))));
    }
}
