package dev.skein.checks.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.Limit;
import dev.skein.harness.Note;
import dev.skein.harness.Report;
import dev.skein.json.FailureJson;
import dev.skein.json.Json;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolResult;
import dev.skein.tool.ToolSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said over a link, both ways. */
@Tag("integration")
@Timeout(120)
class LinkFramesTest {
    @TempDir private Path temporary;

    private record Words(String text) {}

    private static ToolSpec tool(String name) {
        return Tool.of(name, "Says it.", Words.class, Words::text).spec();
    }

    @Test
    void theWelcomeSaysWhatItIsToDoAndMayCall() throws Exception {
        try (var standIn = StandIn.begin(temporary, tool("echo"));
                var link = RawLink.to(standIn.folder())) {
            link.send(StandIn.hello("secret", standIn.secret(), 0));
            var welcome = link.next();
            assertThat(welcome.get("t").text()).isEqualTo("welcome");
            assertThat(welcome.get("epoch").asLong()).isEqualTo(2);
            assertThat(welcome.get("lastSeq").asLong()).isZero();
            assertThat(welcome.get("key").text()).hasSize(43);
            assertThat(welcome.get("system").text()).isEqualTo("Be brief.");
            assertThat(welcome.get("heartbeatMs").asLong()).isEqualTo(5_000);
            assertThat(welcome.path("/limits/frame").asLong()).isEqualTo(1 << 20);
            assertThat(welcome.path("/tools/0/name").text()).isEqualTo("echo");
            assertThat(welcome.path("/tools/0/parameters/properties/text/type").text())
                    .isEqualTo("string");
        }
    }

    @Test
    void everyKindOfFrameGoesDown() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join();
                var seat = standIn.seat()) {
            seat.deliver(new Note("n1", "Hello", "external:me"));
            seat.offer(tool("echo"));
            seat.withdraw("echo");
            seat.answer(new ToolResult("2.1", "fine", false));
            seat.answer(new ToolResult("2.2", "no", true));
            seat.verdict("a1", false, "policy");
            seat.interrupt("enough");
            var message = link.next();
            assertThat(message)
                    .isEqualTo(
                            Json.object("t", "message", "id", "n1", "text", "Hello")
                                    .with("mode", "steer")
                                    .with("from", "external:me")
                                    .with("n", 1));
            assertThat(link.next().get("name").text()).isEqualTo("echo");
            assertThat(link.next()).isEqualTo(Json.object("t", "untool", "name", "echo", "n", 3));
            assertThat(link.next().path("/content/0/text").text()).isEqualTo("fine");
            assertThat(link.next().path("/error/message").text()).isEqualTo("no");
            assertThat(link.next().get("allow")).isEqualTo(Json.of(false));
            assertThat(link.next())
                    .isEqualTo(Json.object("t", "abort", "reason", "enough", "n", 7));
            seat.stop("the end", Duration.ofMillis(1));
            assertThat(link.next().get("withinMs").asLong()).isEqualTo(1);
        }
    }

    @Test
    void everyKindOfFrameGoesUp() throws Exception {
        var failure = new Limit.Load("calls", 3);
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join()) {
            assertThat(standIn.report()).isInstanceOf(Report.Ready.class);
            up(link, 2, Json.object("t", "accepted", "id", "n1"));
            up(link, 3, Json.object("t", "seen", "id", "n1"));
            up(link, 4, Json.object("t", "turn", "phase", "start", "index", 0));
            link.send(Json.object("t", "delta", "kind", "answer", "text", "He"));
            link.send(Json.object("t", "delta", "kind", "thought", "text", "Hm"));
            up(link, 5, Json.object("t", "said", "role", "assistant", "text", "Hello"));
            up(link, 6, Json.object("t", "call", "call", "2.1", "tool", "echo"));
            up(link, 7, Json.object("t", "cancel", "call", "2.1", "reason", "late"));
            up(
                    link,
                    8,
                    Json.object("t", "ask", "ask", "a", "tool", "bash", "arguments", List.of()));
            up(link, 9, Json.object("t", "usage", "model", "m", "input", 5));
            up(link, 10, Json.object("t", "turn", "phase", "end", "index", 0));
            up(link, 11, Json.object("t", "conversation", "id", "c2", "reason", "new"));
            up(link, 12, Json.object("t", "settled", "ok", true));
            var error = FailureJson.encode(failure);
            up(link, 13, Json.object("t", "settled", "ok", false, "error", error));
            up(link, 14, Json.object("t", "unheard", "of", 1));
            var expected =
                    List.of(
                            new Report.Accepted("n1"),
                            new Report.Seen("n1"),
                            new Report.TurnBegan(),
                            new Report.Delta("He"),
                            new Report.Said("assistant", "Hello"),
                            new Report.Called("2.1", "echo", Json.object()),
                            new Report.CallCanceled("2.1", "late"),
                            new Report.Asked("a", "bash", Json.array(List.of())),
                            new Report.Noted("usage", Json.object("model", "m", "input", 5)),
                            new Report.ConversationMoved("c2"),
                            new Report.Settled(null),
                            new Report.Settled(failure),
                            new Report.Noted("unheard", Json.object("of", 1)));
            for (var report : expected) assertThat(standIn.report()).isEqualTo(report);
        }
    }

    private static void up(RawLink link, long number, Json.Obj frame) throws Exception {
        link.send(frame.with("n", number));
    }

    @Test
    @Tag("HM-58")
    void whatIsTakenIsAcknowledgedAndAnAcknowledgedResultIsKnown() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join();
                var seat = standIn.seat()) {
            up(link, 2, Json.object("t", "turn", "phase", "start", "index", 0));
            long seq;
            do seq = link.next("ack").get("seq").asLong();
            while (seq < 2);
            seat.answer(new ToolResult("2.7", "fine", false));
            link.send(Json.object("t", "ack", "seq", link.next("result").get("n").asLong()));
            assertThat(standIn.report(Report.Answered.class)).isEqualTo(new Report.Answered("2.7"));
        }
    }

    @Test
    @Tag("HM-66")
    void whatJsonCanHardlySayLeavesAsJson() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join();
                var seat = standIn.seat()) {
            seat.answer(new ToolResult("2.1", "a\uD800b\0c\u2028d\n\u001b", false));
            assertThat(link.next("result").path("/content/0/text").text())
                    .isEqualTo("a\uFFFDb\0c\u2028d\n\u001b");
        }
    }

    @Test
    @Tag("HM-62")
    void whatIsTooLongForALineIsCutOrKeptInAFile() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = standIn.join();
                var seat = standIn.seat()) {
            seat.answer(new ToolResult("2.1", "\u0001".repeat(1 << 20), false));
            var text = link.next("result").path("/content/0/text").text();
            assertThat(text).startsWith("\u0001\u0001").endsWith("characters left out …]");
            assertThat(Json.of(text).toBytes()).hasSizeLessThanOrEqualTo(512 << 10);
            var letter = "ä".repeat(300_000);
            seat.deliver(new Note("n1", letter, "skein"));
            var shown = link.next("message").get("text").text();
            assertThat(shown).contains("600000 bytes");
            var file = shown.substring(shown.indexOf('/'), shown.length() - 1);
            assertThat(Files.readString(Path.of(file))).isEqualTo(letter);
        }
    }

    @Test
    @Tag("HM-54")
    void whatIsInTheConversationAlreadyIsNotSaidAgain() throws Exception {
        try (var standIn = StandIn.begin(temporary);
                var link = RawLink.to(standIn.folder())) {
            var hello = StandIn.hello("secret", standIn.secret(), 0);
            link.send(hello.with("seen", List.of("old")).with("conversation", "talk"));
            link.next("welcome");
            link.send(Json.object("t", "ready", "n", 1, "reason", "startup"));
            try (var seat = standIn.seat()) {
                assertThat(standIn.report()).isInstanceOf(Report.Ready.class);
                assertThat(standIn.report()).isEqualTo(new Report.ConversationMoved("talk"));
                seat.deliver(new Note("old", "Hello", "skein"));
                seat.deliver(new Note("new", "Hello", "skein"));
                assertThat(link.next().get("id").text()).isEqualTo("new");
                assertThat(standIn.report(Report.Seen.class)).isEqualTo(new Report.Seen("old"));
            }
        }
    }
}
