package dev.skein.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterrupterTest {
    private static final Interrupter.Stop WHY = new Interrupter.Stop.Canceled("test", "because");

    private final Interrupter interrupter = new Interrupter();

    @AfterEach
    void leaveNoInterrupt() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptThatNobodyNoticedIsTakenBack() {
        interrupter.begin(Thread.currentThread());
        assertThat(interrupter.stop(WHY)).isTrue();
        assertThat(interrupter.end(false)).isFalse();
    }

    @Test
    void anInterruptOfSomebodyElseIsTheirs() {
        interrupter.begin(Thread.currentThread());
        Thread.currentThread().interrupt();
        assertThat(interrupter.end(false)).isTrue();
    }

    @Test
    void aSecondInterruptBesideOursIsTheirs() {
        interrupter.begin(Thread.currentThread());
        interrupter.stop(WHY);
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        assertThat(interrupter.end(true)).isTrue();
    }

    @Test
    void aStopBeforeTheWorkBeginsStopsItWhenItBegins() {
        interrupter.stop(WHY);
        interrupter.begin(Thread.currentThread());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupter.reason()).isEqualTo(WHY);
        assertThat(interrupter.end(true)).isFalse();
    }

    @Test
    void aStopIsAnnouncedBeforeItInterruptsAndBeforeTheWorkIsOver() throws Exception {
        var announcing = new CountDownLatch(1);
        var said = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        var worker =
                Thread.ofVirtual()
                        .unstarted(() -> {
                            interrupter.begin(Thread.currentThread());
                            announcing.countDown();
                            while (interrupter.reason() == null) Thread.onSpinWait();
                            interrupter.end(false);
                            over.countDown();
                        });
        worker.start();
        announcing.await();

        interrupter.stop(
                WHY,
                () -> {
                    while (worker.getState() != Thread.State.WAITING) Thread.onSpinWait();
                    assertThat(worker.isInterrupted()).isFalse();
                    assertThat(over.getCount()).isOne();
                    said.countDown();
                });

        assertThat(said.getCount()).isZero();
        worker.join();
        assertThat(over.getCount()).isZero();
    }

    @Test
    void onlyTheFirstReasonCountsAndNoneAfterTheEnd() {
        interrupter.begin(Thread.currentThread());
        interrupter.stop(WHY);
        assertThat(interrupter.stop(new Interrupter.Stop.Deadline())).isFalse();
        interrupter.end(false);
        assertThat(new Interrupter().stop(WHY)).isTrue();
        assertThat(interrupter.reason()).isEqualTo(WHY);
    }

    @Test
    void aStopThatRacesWithTheEndNeverReachesWhatTheThreadDoesNext() throws Exception {
        var leaked = new AtomicInteger();
        for (int i = 0; i < 5_000; i++) {
            var racing = new Interrupter();
            var begun = new CountDownLatch(1);
            var worker =
                    Thread.ofVirtual()
                            .start(() -> {
                                racing.begin(Thread.currentThread());
                                begun.countDown();
                                racing.end(false);
                                if (Thread.interrupted()) leaked.incrementAndGet();
                            });
            begun.await();
            racing.stop(WHY);
            worker.join();
        }
        assertThat(leaked).hasValue(0);
    }
}
