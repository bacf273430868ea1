package dev.skein.harnesses.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.failure.RunFailure;
import dev.skein.failure.Unrecognized;
import dev.skein.harness.Report;
import dev.skein.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static Up read(String line) throws RefusedException {
        return Reading.of(line.getBytes(StandardCharsets.UTF_8), 1);
    }

    private static String problem(String line) {
        var refused = catchThrowableOfType(RefusedException.class, () -> read(line));
        return refused.code() + ": " + refused.getMessage();
    }

    @Test
    void aHelloSaysWhoComes() throws RefusedException {
        var hello =
                (Up.Hello)
                        read(
                                "{\"t\":\"hello\",\"v\":1,\"agent\":\"a/b\",\"epoch\":1,\"key\":\"hush\","
                                        + "\"lastSeq\":7,\"seen\":[\"n1\"],\"more\":true,"
                                        + "\"harness\":{\"name\":\"mine\",\"version\":\"2\"}}");
        assertThat(hello)
                .isEqualTo(
                        new Up.Hello(
                                "a/b",
                                1,
                                new Up.Proof(false, "hush"),
                                7,
                                "mine 2",
                                List.of("n1"),
                                null));
        assertThat(hello.toString()).doesNotContain("hush");
        assertThat(problem("{\"t\":\"hello\",\"v\":2,\"agent\":\"a\",\"epoch\":1}"))
                .isEqualTo("bad_frame: the version is not 1");
    }

    @Test
    void whatIsNotKnownIsSkippedOrOnlyShown() throws RefusedException {
        assertThat(read("{\"t\":\"mood\",\"is\":\"good\"}")).isEqualTo(new Up.Skipped());
        assertThat(read("{\"t\":\"mood\",\"n\":3,\"is\":\"good\"}"))
                .isEqualTo(
                        new Up.Told(
                                3, List.of(new Report.Noted("mood", Json.object("is", "good")))));
        assertThat(read("{\"t\":\"turn\",\"n\":3,\"phase\":\"end\"}"))
                .isEqualTo(new Up.Told(3, List.of()));
    }

    @Test
    void aTurnThatFailedSaysWhy() throws RefusedException {
        assertThat(failed("\"no network\""))
                .isEqualTo(
                        new Report.Settled(new RunFailure.Failed("no network", "settled", false)));
        assertThat(failed("{\"code\":\"mine.own\",\"message\":\"odd\"}"))
                .isInstanceOfSatisfying(
                        Report.Settled.class,
                        settled -> assertThat(settled.failure()).isInstanceOf(Unrecognized.class));
    }

    private static Report failed(String error) throws RefusedException {
        var told =
                (Up.Told) read("{\"t\":\"settled\",\"n\":3,\"ok\":false,\"error\":" + error + "}");
        return told.reports().getFirst();
    }

    @Test
    @Tag("HM-62")
    void aTextMayHaveHalfOfALine() throws RefusedException {
        var longest = "x".repeat(512 << 10);
        assertThat(read("{\"t\":\"said\",\"n\":2,\"role\":\"user\",\"text\":\"" + longest + "\"}"))
                .isInstanceOf(Up.Told.class);
        assertThat(problem("{\"t\":\"act\",\"n\":2,\"of\":[{\"a\":\"" + longest + "x\"}]}"))
                .isEqualTo("bad_frame: a text has more than 512 KiB");
    }

    @Test
    void idsGoIntoFilesAndHaveNoLineEnds() {
        assertThat(problem("{\"t\":\"conversation\",\"n\":2,\"id\":\"a\\nSKEIN_SECRET=x\"}"))
                .startsWith("bad_frame: id is not");
    }

    /** Whatever a program sends, it is taken or refused with a reason. */
    @Test
    @Tag("HM-62")
    void changedFramesAreReadOrRefused() {
        long seed = Long.getLong("skein.seed", 1);
        System.out.println("ReadingTest: seed " + seed);
        var random = new Random(seed);
        var frames =
                List.of(
                        "{\"t\":\"call\",\"n\":2,\"call\":\"1.1\",\"tool\":\"x\",\"arguments\":{\"a\":[1]}}",
                        "{\"t\":\"settled\",\"n\":2,\"ok\":false,\"error\":{\"code\":\"model.auth\"}}",
                        "{\"t\":\"hello\",\"v\":1,\"agent\":\"a\",\"epoch\":1,\"key\":\"k\",\"lastSeq\":7}");
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var bytes = frames.get(i % frames.size()).getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(4); change >= 0; change--)
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            try {
                Reading.of(bytes, 1);
            } catch (RefusedException e) {
                assertThat(e.code()).isIn("bad_json", "bad_frame");
                refused++;
            }
        }
        assertThat(refused).isBetween(10_000, 20_000);
    }
}
