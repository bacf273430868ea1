package dev.skein.home;

import java.time.Duration;

/**
 * How long the folders of ended runs are kept.
 *
 * @param age older ones go
 * @param bytes beyond that much of all runs the oldest go
 */
public record Retention(Duration age, long bytes) {
    public Retention {
        if (age.isNegative() || bytes < 0)
            throw new IllegalArgumentException("neither age nor bytes can be negative");
    }

    /** 30 days and 5 GiB. */
    public static Retention standard() {
        return new Retention(Duration.ofDays(30), 5L << 30);
    }
}
