package dev.skein.models;

import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does soon; the bound is only there so that a test ends. */
final class Until {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private Until() {}

    static void holds(BooleanSupplier condition) {
        try {
            await(condition);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted before it came to hold", e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var time = Timekeeper.system();
        long end = time.nanos() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (time.nanos() - end > 0) throw new AssertionError("did not come to hold");
            time.pause(PAUSE);
        }
    }
}
