package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ServerEventsTest {
    private static ServerEvent event(String name, String data) {
        return new ServerEvent(name, data);
    }

    private static ServerEvent message(String data) {
        return event("message", data);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("data: a\n\ndata: b\n\n", List.of(message("a"), message("b"))),
                Arguments.of("data: a\r\n\r\ndata: b\r\n\r\n", List.of(message("a"), message("b"))),
                Arguments.of("data: a\r\rdata: b\r\r", List.of(message("a"), message("b"))),
                Arguments.of("data: a\r\n\rdata: b\n\r\n", List.of(message("a"), message("b"))),
                Arguments.of("\uFEFFdata: a\n\n", List.of(message("a"))),
                Arguments.of(
                        "event: start\ndata: a\n\ndata: b\n\n",
                        List.of(event("start", "a"), message("b"))),
                Arguments.of("data: a\nevent: late\n\n", List.of(event("late", "a"))),
                Arguments.of("data: a\ndata:\ndata: b\n\n", List.of(message("a\n\nb"))),
                Arguments.of("data\n\n", List.of(message(""))),
                Arguments.of("data:\n\n", List.of(message(""))),
                Arguments.of("data:a\n\ndata:  a\n\n", List.of(message("a"), message(" a"))),
                Arguments.of(": ping\n\n:\n\n: ping\ndata: a\n: ping\n\n", List.of(message("a"))),
                Arguments.of("id: 1\nretry: 100\ndata: a\nother: b\n\n", List.of(message("a"))),
                Arguments.of("event: empty\n\ndata: a\n\n", List.of(message("a"))),
                Arguments.of("datax: a\n\ndat: a\n\n", List.of()),
                Arguments.of("data: {\"a\":\"ä€😀\"}\n\n", List.of(message("{\"a\":\"ä€😀\"}"))),
                Arguments.of("\n\n\n", List.of()),
                Arguments.of("", List.of()),
                Arguments.of("data: no empty line\n", List.of(message("no empty line"))),
                Arguments.of("data: no line end", List.of(message("no line end"))));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void areReadAsTheStandardSays(String body, List<ServerEvent> expected) throws Exception {
        try (var server = WireServer.answering(body);
                var client = Client.open();
                var stream = client.stream(server.at("/"))) {
            assertThat(read(stream.events())).isEqualTo(expected);
        }
    }

    @Test
    void anEventIsThereAsSoonAsItsEmptyLineIs() throws Exception {
        for (var end : List.of("\n\n", "\r\n\r\n", "\r\r")) {
            try (var server =
                            WireServer.start(visit -> {
                                visit.send("HTTP/1.1 200 OK\r\n\r\ndata: now" + end);
                                visit.awaitEnd();
                            });
                    var client = Client.open();
                    var stream = client.stream(server.at("/"))) {
                assertThat(stream.events().next()).contains(message("now"));
            }
        }
    }

    @Test
    void anEventThatIsNotWholeIsDroppedIfTheConnectionIsTheEnd() throws Exception {
        for (var rest : List.of("data: hal", "data: whole line\n")) {
            try (var server =
                            WireServer.start(visit -> {
                                visit.send("HTTP/1.1 200 OK\r\n\r\ndata: a\n\n" + rest);
                                visit.close();
                            });
                    var client = Client.open();
                    var stream = client.stream(server.at("/"))) {
                assertThat(read(stream.events())).containsExactly(message("a"));
            }
        }
    }

    @Test
    void aStreamThatWasReadToItsEndLeavesItsConnectionForTheNext() throws Exception {
        var raw = WireServer.CHUNKED + WireServer.chunk("data: a\n\n") + "0\r\n\r\n";
        try (var server = WireServer.start(visit -> visit.send(raw));
                var client = Client.open()) {
            for (int i = 0; i < 3; i++) {
                try (var stream = client.stream(server.at("/"))) {
                    assertThat(read(stream.events())).containsExactly(message("a"));
                }
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void linesOfJsonAreReadOneByOne() throws Exception {
        var body = "{\"a\":1}\n{\"b\":\"ä\"}\r\n\n{\"c\":3}";
        try (var server = WireServer.answering(body);
                var client = Client.open();
                var stream = client.stream(server.at("/"))) {
            var lines = stream.lines();
            assertThat(lines.next()).contains("{\"a\":1}");
            assertThat(lines.next()).contains("{\"b\":\"ä\"}");
            assertThat(lines.next()).contains("{\"c\":3}");
            assertThat(lines.next()).isEmpty();
            assertThat(lines.next()).isEmpty();
        }
    }

    private static List<ServerEvent> read(ServerEvents events) throws Exception {
        var all = new ArrayList<ServerEvent>();
        for (var next = events.next(); next.isPresent(); next = events.next()) {
            all.add(next.get());
        }
        assertThat(events.next()).isEmpty();
        return all;
    }
}
