package dev.skein.checks.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.HarnessFailure;
import dev.skein.harness.Note;
import dev.skein.harness.Report;
import dev.skein.harness.Seat;
import dev.skein.json.Json;
import dev.skein.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that break, strangers, and programs that speak nonsense. */
@Tag("integration")
@Timeout(120)
class LinkTroubleTest {
    @TempDir private Path temporary;

    @Test
    @Tag("HM-56")
    @Tag("HM-57")
    void whoIsNotTheAgentIsRefusedAndTheLinkLives() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join();
                var seat = standIn.seat()) {
            var secret = standIn.secret();
            assertThat(refusal(standIn, StandIn.hello("secret", secret, 0)))
                    .isEqualTo("bad_secret");
            assertThat(refusal(standIn, StandIn.hello("secret", "guess", 0)))
                    .isEqualTo("bad_secret");
            assertThat(refusal(standIn, StandIn.hello("key", secret, 0))).isEqualTo("bad_secret");
            assertThat(refusal(standIn, StandIn.hello("key", "", 0))).isEqualTo("bad_secret");
            var right = StandIn.hello("key", standIn.key(), 0);
            assertThat(refusal(standIn, right.with("agent", "root/other"))).isEqualTo("bad_secret");
            assertThat(refusal(standIn, right.with("epoch", 1))).isEqualTo("stale_epoch");
            assertThat(refusal(standIn, right.with("epoch", 3))).isEqualTo("stale_epoch");
            seat.deliver(new Note("n1", "Still there?", "skein"));
            assertThat(link.next("message").get("id").text()).isEqualTo("n1");
            for (int i = 0; i < 7; i++)
                assertThat(standIn.report(Report.Noted.class).type()).isEqualTo("refused");
        }
    }

    /** The code that is answered, before the connection ends. */
    private static String refusal(StandIn standIn, Json hello) throws IOException {
        try (var stranger = RawLink.to(standIn.folder())) {
            stranger.send(hello);
            var refuse = stranger.next("refuse");
            assertThat(refuse.get("final")).isEqualTo(Json.of(true));
            assertThat(stranger.next()).isEqualTo(Json.nothing());
            return refuse.get("code").text();
        }
    }

    @Test
    @Tag("HM-58")
    void whatWasNotAcknowledgedComesAgainInOrder() throws Exception {
        try (var standIn = StandIn.begin(temporary)) {
            Seat seat;
            try (var link = standIn.join()) {
                seat = standIn.seat();
                for (int i = 1; i <= 5; i++) seat.deliver(new Note("n" + i, "Hello", "skein"));
                for (int i = 1; i <= 5; i++)
                    assertThat(link.next("message").get("n").asLong()).isEqualTo(i);
                link.send(Json.object("t", "ack", "seq", 1));
            }
            standIn.report(Report.LinkDown.class);
            seat.answer(new ToolResult("2.1", "while it was away", false));
            try (var link = standIn.resume(3)) {
                assertThat(link.next().get("lastSeq").asLong()).isEqualTo(1);
                for (int i = 4; i <= 6; i++) assertThat(link.next().get("n").asLong()).isEqualTo(i);
                assertThat(standIn.report()).isInstanceOf(Report.LinkUp.class);
            }
        }
    }

    @Test
    @Tag("HM-56")
    void oneThatComesAgainTakesThePlaceOfItsOldConnection() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var old = standIn.join();
                var seat = standIn.seat();
                var link = standIn.resume(0)) {
            link.next("welcome");
            Json last;
            do last = old.receive();
            while (!last.isNull());
            seat.deliver(new Note("n1", "Hello", "skein"));
            assertThat(link.next("message").get("id").text()).isEqualTo("n1");
        }
    }

    @Test
    @Tag("HM-58")
    void whatCameAlreadyIsDroppedAndAGapIsRefused() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join()) {
            up(link, 2, "one");
            up(link, 2, "one");
            up(link, 1, "none");
            up(link, 3, "two");
            up(link, 5, "four");
            assertThat(link.next("refuse").get("code").text()).isEqualTo("gap");
            try (var again = standIn.resume(0)) {
                assertThat(again.next("welcome").get("lastSeq").asLong()).isEqualTo(3);
                up(again, 4, "three");
                up(again, 5, "four");
                for (var said : List.of("one", "two", "three", "four"))
                    assertThat(standIn.report(Report.Said.class).text()).isEqualTo(said);
            }
        }
    }

    private static void up(RawLink link, long number, String text) throws IOException {
        link.send(Json.object("t", "said", "role", "assistant", "text", text).with("n", number));
    }

    @Test
    @Tag("HM-58")
    void anAcknowledgmentOfWhatWasNotSentIsRefused() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join()) {
            link.send(Json.object("t", "ack", "seq", 1));
            assertThat(link.next("refuse").get("code").text()).isEqualTo("bad_frame");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frame_too_big 1048577",
                "bad_json 65",
                "bad_json \"\\x\"",
                "bad_json nonsense",
                "bad_frame [1]",
                "bad_frame {\"t\":\"seen\",\"n\":2}",
                "bad_frame {\"t\":\"seen\",\"id\":\"x\"}",
                "bad_frame {\"t\":\"seen\",\"n\":\"2\",\"id\":\"x\"}",
                "bad_frame {\"t\":\"call\",\"n\":2,\"call\":\"1.1\",\"tool\":\"x\"}",
                "bad_frame {\"t\":\"hello\",\"v\":1}",
                "bad_frame {\"n\":2}"
            })
    @Tag("HM-62")
    void nonsenseIsRefusedAndTheAgentMayComeAgain(String given) throws Exception {
        int space = given.indexOf(' ');
        var line = given.substring(space + 1);
        if (line.matches("\\d{7}")) line = "x".repeat(Integer.parseInt(line));
        if (line.equals("65")) line = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join()) {
            link.send(line + "\n");
            var refuse = link.next("refuse");
            assertThat(refuse.get("code").text()).isEqualTo(given.substring(0, space));
            assertThat(refuse.get("final")).isEqualTo(Json.of(false));
            try (var again = standIn.resume(0)) {
                up(again, 2, "back");
                assertThat(standIn.report(Report.Said.class).text()).isEqualTo("back");
            }
        }
    }

    @Test
    @Tag("HM-62")
    void bytesThatAreNoTextAreRefused() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join()) {
            link.send(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}', '\n'});
            assertThat(link.next("refuse").get("code").text()).isEqualTo("bad_json");
        }
    }

    @Test
    @Tag("HM-62")
    void aLineWithoutEndIsRefusedWhereTheLimitIs() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join()) {
            var much = new byte[1 << 16];
            var flooding =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int i = 0; i < 1_600; i++) link.send(much);
                                } catch (IOException e) {
                                    assertThat(e).isNotNull(); // it is not read to its end
                                }
                            });
            assertThat(link.next("refuse").get("code").text()).isEqualTo("frame_too_big");
            flooding.join();
        }
    }

    @Test
    @Tag("HM-62")
    void theThirdNonsenseWithinAMinuteEndsTheAgent() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var first = standIn.join()) {
            standIn.seat();
            first.send("nonsense\n");
            first.next("refuse");
            for (int i = 0; i < 2; i++)
                try (var link = standIn.resume(0)) {
                    link.next("welcome");
                    link.send("nonsense\n");
                    link.next("refuse");
                }
            var settled = standIn.report(Report.Settled.class);
            assertThat(settled.failure()).isInstanceOf(HarnessFailure.Misbehaved.class);
            assertThat(standIn.report(Report.Exited.class).signal()).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\n", "what\n"})
    void whoSpeaksAnotherLanguageGetsNoAnswer(String said) throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var stranger = RawLink.to(standIn.folder())) {
            stranger.send(said);
            assertThat(stranger.receive()).isEqualTo(Json.nothing());
        }
    }

    @Test
    @Tag("HM-56")
    void whoDoesNotSayHelloIsClosedAndTheOldestOfNine() throws Exception {
        var limits = StandIn.FAST.withHello(Duration.ofSeconds(30));
        try (var standIn = StandIn.begin(temporary, limits);
                var oldest = RawLink.to(standIn.folder())) {
            for (int i = 0; i < 8; i++) RawLink.to(standIn.folder());
            assertThat(oldest.receive()).isEqualTo(Json.nothing());
        }
        limits = StandIn.FAST.withHello(Duration.ofMillis(100));
        try (var standIn = StandIn.begin(temporary, limits);
                var silent = RawLink.to(standIn.folder())) {
            assertThat(silent.receive()).isEqualTo(Json.nothing());
        }
    }

    @Test
    @Tag("HM-61")
    void bothSidesSayThatTheyAreThereAndSilenceEndsTheLink() throws Exception {
        var limits =
                StandIn.FAST
                        .withHeartbeat(Duration.ofMillis(50))
                        .withSilence(Duration.ofMillis(1_500));
        try (var standIn = StandIn.begin(temporary, limits);
                var link = standIn.join()) {
            link.send(Json.object("t", "ping", "id", "mine"));
            assertThat(link.next("pong").get("id").text()).isEqualTo("mine");
            assertThat(link.next("ping").get("id").asLong()).isPositive();
            standIn.report(Report.LinkDown.class);
        }
    }

    @Test
    @Tag("HM-63")
    void whatComesTooFastIsReadLaterAndNothingIsLost() throws Exception {
        var limits = StandIn.FAST.withFrames(100).withBurst(10);
        try (var standIn = StandIn.begin(temporary, limits);
                var link = standIn.join()) {
            standIn.seat();
            long begun = System.nanoTime();
            for (int i = 2; i <= 110; i++) up(link, i, "said " + i);
            for (int i = 2; i <= 110; i++)
                assertThat(standIn.report(Report.Said.class).text()).isEqualTo("said " + i);
            assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(900).toNanos());
        }
    }

    @Test
    @Tag("HM-39")
    void theEndOfTheProgramIsTheLastReport() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join()) {
            var seat = standIn.seat();
            up(link, 2, "good bye");
            seat.close();
            assertThat(standIn.report(Report.Said.class).text()).isEqualTo("good bye");
            assertThat(standIn.report(Report.Exited.class).signal()).isEqualTo(15);
            seat.close();
            seat.deliver(new Note("n1", "too late", "skein"));
        }
    }
}
