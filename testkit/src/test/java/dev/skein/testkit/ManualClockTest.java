package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ManualClockTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final ManualClock clock = ManualClock.at(START);
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void nobodyIsLeft() throws InterruptedException {
        for (var thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void timeStandsStillUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo(START);
        clock.advance(Duration.ofSeconds(90));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(90));
        assertThat(clock.nanos()).isEqualTo(Duration.ofSeconds(90).toNanos());
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sleepersAreWokenInTheOrderOfTheirTimes(boolean virtual) throws InterruptedException {
        for (int seconds : new int[] {3, 1, 2})
            start(
                    virtual,
                    () -> {
                        sleep(Duration.ofSeconds(seconds));
                        said.add(seconds + " at " + clock.nanos() / 1_000_000_000);
                    });
        clock.awaitWaiters(3);

        clock.advance(Duration.ofSeconds(3));

        assertThat(said).containsExactly("1 at 1", "2 at 2", "3 at 3");
        assertThat(clock.waiters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsWokenHasSettledWhenAdvanceReturns(boolean virtual) throws InterruptedException {
        start(
                virtual,
                () -> {
                    for (int round = 1; ; round++) {
                        sleep(Duration.ofSeconds(1));
                        busy();
                        said.add("round " + round);
                    }
                });
        clock.awaitWaiters(1);
        for (int round = 1; round <= 200; round++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(said).hasSize(round);
        }
    }

    @Test
    void aWakeThatIsAskedForOnTheWayIsKept() throws InterruptedException {
        start(
                true,
                () -> {
                    for (int round = 1; round <= 5; round++) {
                        sleep(Duration.ofSeconds(1));
                        said.add("at " + clock.nanos() / 1_000_000_000);
                    }
                });
        clock.awaitWaiters(1);

        clock.advance(Duration.ofSeconds(10));

        assertThat(said).containsExactly("at 1", "at 2", "at 3", "at 4", "at 5");
    }

    @Test
    void nobodyIsWokenBeforeItIsTime() throws InterruptedException {
        start(
                true,
                () -> {
                    sleep(Duration.ofSeconds(2));
                    said.add("awake");
                });
        clock.awaitWaiters(1);

        clock.advance(Duration.ofSeconds(2).minusNanos(1));
        assertThat(said).isEmpty();
        clock.advance(Duration.ofNanos(1));
        assertThat(said).containsExactly("awake");
    }

    @Test
    void aJumpOfTheWallWakesNobody() throws InterruptedException {
        start(true, () -> sleep(Duration.ofMinutes(5)));
        clock.awaitWaiters(1);

        clock.jumpWall(Duration.ofHours(1));

        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(1)));
        assertThat(clock.nanos()).isZero();
        assertThat(clock.waiters()).hasSize(1);
        clock.jumpWall(Duration.ofHours(-2));
        assertThat(clock.instant()).isEqualTo(START.minus(Duration.ofHours(1)));
    }

    @Test
    void timeCanGoStraightToTheNextWake() throws InterruptedException {
        start(true, () -> sleep(Duration.ofMinutes(5)));
        clock.awaitWaiters(1);

        assertThat(clock.advanceToNextWake()).isEqualTo(Duration.ofMinutes(5));
        assertThatThrownBy(clock::advanceToNextWake).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void waitersTellWhoWaitsWhereForHowLong() throws InterruptedException {
        var thread = start(true, () -> sleep(Duration.ofSeconds(7)));
        clock.awaitWaiters(1);
        clock.advance(Duration.ofSeconds(3));

        var waiter = clock.waiters().getFirst();

        assertThat(waiter.thread()).isSameAs(thread);
        assertThat(waiter.left()).isEqualTo(Duration.ofSeconds(4));
        assertThat(waiter.toString()).contains("ManualClockTest.sleep");
    }

    @Test
    void aWakeThatWasTakenBackWakesNobody() throws InterruptedException {
        var thread =
                start(
                        true,
                        () -> {
                            LockSupport.park(this);
                            said.add("awake");
                        });
        while (thread.getState() != Thread.State.WAITING) Thread.onSpinWait();
        clock.wake(10, thread).close();

        clock.advance(Duration.ofSeconds(1));

        assertThat(clock.waiters()).isEmpty();
        assertThat(thread.getState()).isEqualTo(Thread.State.WAITING);
        LockSupport.unpark(thread);
        thread.join();
        assertThat(said).containsExactly("awake");
    }

    @Test
    void whatIsOverdueDoesNotWait() throws InterruptedException {
        clock.advance(Duration.ofSeconds(1));

        clock.park(clock.nanos());
        clock.park(0);

        assertThat(clock.waiters()).isEmpty();
    }

    @Test
    void anInterruptEndsTheWait() throws InterruptedException {
        var thrown = new AtomicReference<@Nullable Throwable>();
        var thread =
                start(
                        true,
                        () -> {
                            try {
                                clock.park(1);
                            } catch (InterruptedException e) {
                                thrown.set(e);
                            }
                        });
        clock.awaitWaiters(1);
        thread.interrupt();
        thread.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(clock.waiters()).isEmpty();
    }

    @Test
    void whoWaitsForALockAfterWakingIsWaitedFor() throws InterruptedException {
        var lock = new ReentrantLock();
        start(
                true,
                () -> {
                    sleep(Duration.ofSeconds(1));
                    lock.lock();
                    try {
                        said.add("got it");
                    } finally {
                        lock.unlock();
                    }
                });
        clock.awaitWaiters(1);
        Thread mover;
        lock.lock();
        try {
            mover =
                    start(
                            false,
                            () -> {
                                clock.advance(Duration.ofSeconds(1));
                                said.add("moved");
                            });
            while (!lock.hasQueuedThreads()) Thread.onSpinWait();
            assertThat(said).isEmpty();
        } finally {
            lock.unlock();
        }
        mover.join();

        assertThat(said).containsExactly("got it", "moved");
    }

    @Test
    void tenThousandSleepersAreWokenOneByOne() throws InterruptedException {
        IntStream.rangeClosed(1, 10_000)
                .forEach(millis ->
                        start(
                                true,
                                () -> {
                                    sleep(Duration.ofMillis(millis));
                                    said.add("awake");
                                }));
        clock.awaitWaiters(10_000);

        clock.advance(Duration.ofSeconds(10));

        assertThat(said).hasSize(10_000);
    }

    /** What a test's thread does. */
    private interface Work {
        void work() throws InterruptedException;
    }

    private Thread start(boolean virtual, Work work) {
        Runnable body =
                () -> {
                    try {
                        work.work();
                    } catch (InterruptedException e) {
                        said.add("interrupted");
                    }
                };
        var thread =
                virtual ? Thread.ofVirtual().unstarted(body) : Thread.ofPlatform().unstarted(body);
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void sleep(Duration time) throws InterruptedException {
        long until = clock.nanos() + time.toNanos();
        while (clock.nanos() - until < 0) clock.park(until);
    }

    private static void busy() {
        for (int i = 0; i < 20_000; i++) Thread.onSpinWait();
    }
}
