package dev.skein.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RetryRuleTest {
    @Test
    @Tag("AG-48")
    void waitsAreDrawnEvenlyUpToABoundThatDoublesUntilItsCap() {
        var rule = new RetryRule(5, Duration.ofMillis(500), Duration.ofSeconds(3));
        var random = new SplittableRandom(48);
        long[] most = {500, 1_000, 2_000, 3_000, 3_000};
        for (int failures = 1; failures <= most.length; failures++) {
            double sum = 0;
            for (int i = 0; i < 1_000; i++) {
                var wait = rule.pause(failures, random);
                assertThat(wait).isBetween(Duration.ZERO, Duration.ofMillis(most[failures - 1]));
                sum += wait.toMillis();
            }
            assertThat(sum / 1_000 / most[failures - 1]).isBetween(0.45, 0.55);
        }
    }

    @Test
    @Tag("AG-48")
    void nothingOverflowsHoweverOftenItFailed() {
        var rule = new RetryRule(5, Duration.ofDays(10_000), Duration.ofDays(100_000));
        assertThat(rule.pause(1_000, new SplittableRandom(1))).isPositive();
        assertThat(RetryRule.standard().tries()).isEqualTo(5);
    }
}
