package dev.skein.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WF-10")
class NurseryTest {
    private final AtomicInteger left = new AtomicInteger();

    private Integer hang() throws InterruptedException {
        try {
            new CountDownLatch(1).await();
            return 0;
        } finally {
            left.incrementAndGet();
        }
    }

    @Test
    void whatWasForkedIsJoinedInItsOrder() throws InterruptedException {
        try (var nursery = new Nursery<Integer>("test", work -> work)) {
            for (int i = 0; i < 100; i++) {
                int n = i;
                nursery.fork(() -> n);
            }
            assertThat(nursery.join().stream().map(Future::resultNow))
                    .hasSize(100)
                    .isSorted()
                    .startsWith(0)
                    .endsWith(99);
        }
    }

    @Test
    void nobodyLeavesBeforeItsForksHaveEnded() {
        try (var nursery = new Nursery<Integer>("test", work -> work)) {
            for (int i = 0; i < 10; i++) nursery.fork(this::hang);
        }
        assertThat(left.get()).isEqualTo(10);
    }

    @Test
    void anInterruptOfTheOwnerCancelsThemAndWaitsForThem() {
        try (var nursery = new Nursery<Integer>("test", work -> work)) {
            for (int i = 0; i < 10; i++) nursery.fork(this::hang);
            Thread.currentThread().interrupt();
            assertThatThrownBy(nursery::join).isInstanceOf(InterruptedException.class);
            assertThat(left.get()).isEqualTo(10);
        }
    }
}
