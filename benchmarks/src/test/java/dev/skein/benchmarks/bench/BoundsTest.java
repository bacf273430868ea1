package dev.skein.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundsTest {
    private static final Sample GOOD = Samples.loop(Contender.SKEIN, 1, 1_000, 100);
    private static final Json.Obj CLOSED =
            Json.object("threads", "", "sockets", 0, "temporaryFiles", 0, "ended", true);

    private static List<String> broken(Sample... samples) {
        return new Bounds(List.of(samples)).broken();
    }

    private static Sample closed(String name, Object value) {
        return new Sample("closed", Contender.SKEIN, 1, CLOSED.with(name, value));
    }

    private static Sample finished(int runs, long bytes) {
        var figures = Json.object("runs", runs, "liveBytes", bytes);
        return new Sample("finished, " + runs, Contender.BOUNDED, 1, figures);
    }

    @Test
    void whatIsInOrderIsNotMentioned() {
        assertThat(
                        broken(
                                GOOD,
                                closed("sockets", 0),
                                finished(100, 1_000),
                                finished(10_000, 1_000)))
                .isEmpty();
    }

    @Test
    void failedRunsAndUnexpectedRequestsAreFound() {
        var failed = Samples.with(Samples.with(GOOD, "failed", 2), "failure", "refused");

        assertThat(broken(failed))
                .singleElement()
                .asString()
                .contains("2 runs failed, first: refused");
        assertThat(broken(Samples.with(GOOD, "requests", 1_001)))
                .singleElement()
                .asString()
                .contains("asked 1001 times, not 1000");
    }

    @Test
    void failuresOfOthersAreTheirs() {
        var other = Samples.loop(Contender.LANGCHAIN4J, 1, 1_000, 100);

        assertThat(broken(Samples.with(other, "failed", 2))).isEmpty();
    }

    @Test
    void tooManyThreadsAreFound() {
        assertThat(broken(Samples.with(GOOD, "threads", 41)))
                .singleElement()
                .asString()
                .contains("platform threads 41, at most 40");
    }

    @Test
    void aHeapThatGrowsIsFound() {
        assertThat(broken(finished(100, 1_000), finished(10_000, 1_100))).hasSize(1);
    }

    @Test
    void runsThatHoldTooMuchAreFound() {
        var held = Json.object("runs", 10, "waiting", 10, "heldBytes", 2L << 30);

        assertThat(broken(new Sample("waiting, 10", Contender.SKEIN, 1, held))).hasSize(1);
        assertThat(
                        broken(
                                new Sample(
                                        "waiting, 10",
                                        Contender.SKEIN,
                                        1,
                                        held.with("heldBytes", 1).with("waiting", 9))))
                .hasSize(1);
    }

    @Test
    void whatIsLeftAfterClosingIsFound() {
        assertThat(broken(closed("threads", "skein-watchdog"))).hasSize(1);
        assertThat(broken(closed("sockets", 1))).hasSize(1);
        assertThat(broken(closed("temporaryFiles", 1))).hasSize(1);
        assertThat(broken(closed("ended", false))).hasSize(1);
    }
}
