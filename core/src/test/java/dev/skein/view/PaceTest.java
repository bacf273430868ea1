package dev.skein.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("WF-79")
class PaceTest {
    private static long millis(long count) {
        return Duration.ofMillis(count).toNanos();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 300_000_000L})
    void whatMattersIsWrittenAtOnceAndTheRestIsCollected(long start) {
        var pace = new Pace(start);
        assertThat(pace.wanted()).isFalse();
        pace.want(false, start);
        assertThat(pace.left(start)).isEqualTo(millis(500));
        pace.want(false, start + millis(300));
        assertThat(pace.left(start + millis(300))).isEqualTo(millis(200));
        pace.want(true, start + millis(400));
        assertThat(pace.left(start + millis(400))).isLessThanOrEqualTo(0);
        pace.written(start + millis(400));
        assertThat(pace.wanted()).isFalse();
    }

    @Test
    void nothingIsWrittenMoreThanTwiceInASecond() {
        var pace = new Pace(0);
        int written = 0;
        for (long now = 0; now <= millis(10_000); now += millis(10)) {
            pace.want(true, now);
            if (pace.left(now) > 0) continue;
            pace.written(now);
            written++;
        }
        assertThat(written).isBetween(20, 22);
    }
}
