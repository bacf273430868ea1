package dev.skein.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and after which wait a model call is tried again: full jitter between nothing and
 * {@code base · 2^n}, at most {@code cap} ("Exponential Backoff and Jitter", AWS Architecture Blog,
 * 2015), and never before the provider's own word.
 *
 * @param tries counts the first; 5
 */
public record RetryRule(int tries, Duration base, Duration cap) {
    private static final RetryRule STANDARD =
            new RetryRule(5, Duration.ofMillis(500), Duration.ofSeconds(30));
    private static final int MOST_DOUBLINGS = 30;

    public RetryRule {
        if (tries < 1) throw new IllegalArgumentException("tries must be at least 1, was " + tries);
        if (base.isNegative() || cap.isNegative())
            throw new IllegalArgumentException("waits are not negative");
    }

    public static RetryRule standard() {
        return STANDARD;
    }

    public RetryRule withTries(int tries) {
        return new RetryRule(tries, base, cap);
    }

    /** The wait after that many failures, at least 1. */
    public Duration pause(int failures, RandomGenerator random) {
        long most =
                Math.min(
                        cap.toNanos(),
                        saturated(base.toNanos(), Math.min(failures - 1, MOST_DOUBLINGS)));
        return Duration.ofNanos(most <= 0 ? 0 : random.nextLong(most + 1));
    }

    private static long saturated(long nanos, int doublings) {
        return nanos > (Long.MAX_VALUE >> doublings) ? Long.MAX_VALUE - 1 : nanos << doublings;
    }
}
