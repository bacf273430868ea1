package dev.skein.harnesses.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("HM-63")
@Timeout(60)
class RateGateTest {
    private final ManualClock clock = ManualClock.at(Instant.EPOCH);
    private final RateGate gate = new RateGate(LinkLimits.standard(), clock);

    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger floods = new AtomicInteger();

    /** Sends as fast as it may. */
    private void send() {
        try {
            while (true) {
                if (gate.pass()) floods.incrementAndGet();
                passed.incrementAndGet();
            }
        } catch (InterruptedException e) {
            assertThat(passed).hasPositiveValue();
        }
    }

    @Test
    void aBurstPassesAtOnceThenFiftyASecond() throws InterruptedException {
        var sender = Thread.ofVirtual().start(this::send);
        clock.awaitWaiters(1);
        assertThat(passed).hasValue(500);
        clock.advance(Duration.ofSeconds(1));
        assertThat(passed).hasValue(550);
        sender.interrupt();
        sender.join();
    }

    @Test
    void tenMinutesOfItAreSaidOnce() throws InterruptedException {
        var sender = Thread.ofVirtual().start(this::send);
        clock.awaitWaiters(1);
        clock.advance(Duration.ofMinutes(9));
        assertThat(floods).hasValue(0);
        clock.advance(Duration.ofMinutes(2));
        assertThat(floods).hasValue(1);
        clock.advance(Duration.ofMinutes(11));
        assertThat(floods).hasValue(1);
        sender.interrupt();
        sender.join();
    }
}
