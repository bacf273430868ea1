package dev.skein.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BreakerTest {
    /** A clock that stands until it is told. */
    private static final class Standing implements Timekeeper {
        private long nanos;

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, nanos);
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Wake wake(long atNanos, Thread parked) {
            return () -> {};
        }

        void pass(Duration time) {
            nanos += time.toNanos();
        }
    }

    private final Standing time = new Standing();
    private final Breaker breaker = new Breaker(time);

    private void fail(int times) {
        for (int i = 0; i < times; i++) breaker.failed();
    }

    @Test
    @Tag("AG-49")
    void fiveFailuresInARowShutItForFifteenSeconds() {
        fail(4);
        assertThat(breaker.ask()).isZero();
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.ask()).isEqualTo(Duration.ofSeconds(15));
        time.pass(Duration.ofSeconds(10));
        assertThat(breaker.ask()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    @Tag("AG-49")
    void aSuccessBetweenThemCountsAnew() {
        fail(4);
        breaker.succeeded();
        fail(4);
        assertThat(breaker.ask()).isZero();
    }

    @Test
    @Tag("AG-49")
    void failuresFarApartDoNotShutIt() {
        for (int i = 0; i < 10; i++) {
            time.pass(Duration.ofSeconds(8));
            assertThat(breaker.failed()).isFalse();
        }
    }

    @Test
    @Tag("AG-49")
    void afterTheWaitOneCallProbesAndItsOutcomeDecides() {
        fail(5);
        time.pass(Duration.ofSeconds(15));
        assertThat(breaker.ask()).isZero();
        assertThat(breaker.ask()).isPositive();
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.ask()).isEqualTo(Duration.ofSeconds(15));
        time.pass(Duration.ofSeconds(15));
        assertThat(breaker.ask()).isZero();
        breaker.succeeded();
        assertThat(breaker.ask()).isZero();
        assertThat(breaker.ask()).isZero();
    }

    @Test
    void aProbeThatLearnsNothingGivesItsPlaceBack() {
        fail(5);
        time.pass(Duration.ofSeconds(15));
        assertThat(breaker.ask()).isZero();
        breaker.released();
        assertThat(breaker.ask()).isZero();
    }
}
