package dev.skein.testkit;

import dev.skein.testkit.loop.Step;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;

/** How long a server thinks, and in which portions it writes. */
record Pace(long minNanos, long maxNanos, RandomGenerator random, Drip drip) {
    static Pace none() {
        return new Pace(0, 0, new Random(0), Drip.NONE);
    }

    Pace withLatency(Duration min, Duration max, long seed) {
        if (min.isNegative() || max.compareTo(min) < 0) {
            throw new IllegalArgumentException("not a latency: " + min + " to " + max);
        }
        return new Pace(min.toNanos(), max.toNanos(), new Random(seed), drip);
    }

    Pace withDrip(Drip changed) {
        return new Pace(minNanos, maxNanos, random, changed);
    }

    long nextNanos() {
        return minNanos == maxNanos ? minNanos : random.nextLong(minNanos, maxNanos + 1);
    }

    /** So many bytes at a time with a pause between; all at once if there are none. */
    record Drip(int bytes, long pauseNanos) {
        static final Drip NONE = new Drip(0, 0);

        /**
         * The rate in the largest portions that still look like a stream: at most twenty a second.
         */
        static Drip ofRate(int bytesPerSecond) {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException(
                        "at least one byte a second, not " + bytesPerSecond);
            }
            int size = Math.max(1, bytesPerSecond / 20);
            return new Drip(size, 1_000_000_000L * size / bytesPerSecond);
        }

        Step write(byte[] all) {
            return bytes == 0 ? new Step.Bytes(all) : new Step.Dripped(all, bytes, pauseNanos);
        }
    }
}
