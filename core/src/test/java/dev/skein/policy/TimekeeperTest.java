package dev.skein.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimekeeperTest {
    private final Timekeeper time = Timekeeper.system();

    @Test
    void anotherWallClockKeepsRealMonotonicTime() {
        var fixed = Timekeeper.of(InstantSource.fixed(Instant.EPOCH));
        assertThat(fixed.instant()).isEqualTo(Instant.EPOCH);
        assertThat(fixed.millis()).isZero();
        long before = fixed.nanos();
        assertThat(fixed.nanos() - before).isNotNegative();
        assertThat(Timekeeper.of(fixed)).isSameAs(fixed);
    }

    @Test
    void parkingEndsAtItsTime() throws Exception {
        long until = time.nanos() + Duration.ofMillis(20).toNanos();
        boolean left = true;
        while (left) {
            left = time.park(until);
        }
        assertThat(time.nanos() - until).isNotNegative();
        assertThat(time.park(until)).isFalse();
    }

    @Test
    void aPauseLastsAtLeastAsLongAsSaid() throws Exception {
        long before = time.nanos();
        time.pause(Duration.ofMillis(20));
        assertThat(time.nanos() - before).isGreaterThanOrEqualTo(20_000_000);
        time.pause(Duration.ofSeconds(-1));
    }

    @Test
    void parkingEndsWhenUnparkedAndSaysThatTimeIsLeft() throws Exception {
        LockSupport.unpark(Thread.currentThread());
        assertThat(time.park(time.nanos() + Duration.ofHours(1).toNanos())).isTrue();
    }

    @Test
    void anInterruptedThreadDoesNotParkAndItsFlagIsTaken() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> time.park(time.nanos() + 1))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new HandClock().park(0)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptEndsAPause() throws Exception {
        for (var keeper : new Timekeeper[] {time, new HandClock()}) {
            var started = new CountDownLatch(1);
            var task =
                    new FutureTask<>(() -> {
                        started.countDown();
                        keeper.pause(Duration.ofHours(1));
                        return true;
                    });
            var thread = Thread.ofVirtual().start(task);
            started.await();
            thread.interrupt();
            assertThatThrownBy(task::get).cause().isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aWakeUnparksItsThreadWhenItsTimeHasCome() {
        long at = time.nanos() + Duration.ofMillis(20).toNanos();
        try (var wake = time.wake(at, Thread.currentThread())) {
            while (time.nanos() - at < 0) {
                LockSupport.park(wake);
            }
        }
        assertThat(time.nanos() - at).isNotNegative();
    }

    @Test
    void aClockOfHandsWakesThoseWhoseTimeHasComeEvenWhenItOverflows() throws Exception {
        var clock = new HandClock();
        long until = clock.nanos() + Duration.ofSeconds(10).toNanos();
        assertThat(until).isNegative();
        var task =
                new FutureTask<>(() -> {
                    while (clock.park(until)) {
                        Thread.onSpinWait();
                    }
                    return clock.instant();
                });
        Thread.ofVirtual().start(task);
        clock.advance(Duration.ofSeconds(9));
        assertThat(task.isDone()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(task.get()).isEqualTo(Instant.EPOCH.plusSeconds(10));
        assertThat(clock.waiting()).isZero();
    }
}
