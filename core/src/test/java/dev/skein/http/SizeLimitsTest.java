package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.http.TransportException.Kind;
import dev.skein.policy.TransportLimits;
import dev.skein.policy.TransportLimits.Sizes;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SizeLimitsTest {
    private static final Sizes DEFAULTS = Sizes.defaults();

    private static TransportLimits with(Sizes sizes) {
        return TransportLimits.defaults().withSizes(sizes);
    }

    private static void isTooLarge(ThrowingCallable read) {
        var failure = catchThrowableOfType(TransportException.class, read);
        assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
    }

    private static void endless(WireServer.Visit visit, String start, String more)
            throws IOException {
        visit.send(start);
        while (true) {
            visit.send(more);
        }
    }

    @Test
    @Tag("AG-68")
    void aHeadWithinItsLimitIsReadAndAByteMoreIsRefused() throws Exception {
        int room = 64 * 1024 - "HTTP/1.1 204 No Content\r\nA: \r\n\r\n".length();
        try (var server =
                        WireServer.start(visit ->
                                visit.send(
                                        "HTTP/1.1 204 No Content\r\nA: "
                                                + "x".repeat(room + visit.connection())
                                                + "\r\n\r\n"));
                var client = Client.open()) {
            try (var stream = client.stream(server.at("/"))) {
                assertThat(stream.headers().first("a").orElseThrow()).hasSize(room);
                isTooLarge(() -> client.get(server.at("/")));
            }
        }
    }

    @Test
    void aHeadWithoutEndIsRefused() throws Exception {
        for (var start : List.of("", "HTTP/1.1 200 OK\r\n")) {
            try (var server = WireServer.start(visit -> endless(visit, start, "X: y\r\n"));
                    var client = Client.open()) {
                isTooLarge(() -> client.get(server.at("/")));
                server.awaitOpen(0);
            }
        }
    }

    @Test
    void provisionalRepliesWithoutEndAreRefused() throws Exception {
        try (var server =
                        WireServer.start(
                                visit -> endless(visit, "", "HTTP/1.1 102 Processing\r\n\r\n"));
                var client = Client.open()) {
            isTooLarge(() -> client.get(server.at("/")));
        }
    }

    @Test
    void aBodyThatSaysThatItIsTooLargeIsRefusedBeforeItComes() throws Exception {
        try (var server =
                        WireServer.start(visit ->
                                visit.send("HTTP/1.1 200 OK\r\nContent-Length: 33554433\r\n\r\n"));
                var client = Client.open()) {
            isTooLarge(() -> client.get(server.at("/")));
            server.awaitOpen(0);
        }
    }

    @Test
    @Tag("AG-68")
    void aBodyThatGrowsTooLargeIsRefusedHoweverItIsFramed() throws Exception {
        var piece = "x".repeat(1000);
        for (var framing :
                List.of(
                        List.of("HTTP/1.1 200 OK\r\n\r\n", piece),
                        List.of(WireServer.CHUNKED, WireServer.chunk(piece)))) {
            try (var server =
                            WireServer.start(visit ->
                                    endless(visit, framing.getFirst(), framing.getLast()));
                    var client = Client.open(with(DEFAULTS.withBody(100_000)))) {
                isTooLarge(() -> client.get(server.at("/")));
                server.awaitOpen(0);
            }
        }
    }

    @Test
    void aBodyOfExactlyTheLimitIsAccepted() throws Exception {
        var exact = "x".repeat(1000);
        for (var raw :
                List.of(
                        WireServer.ok(exact),
                        WireServer.CHUNKED + WireServer.chunk(exact) + "0\r\n\r\n")) {
            try (var server = WireServer.start(visit -> visit.send(raw));
                    var fits = Client.open(with(DEFAULTS.withBody(1000)));
                    var not = Client.open(with(DEFAULTS.withBody(999)))) {
                assertThat(fits.get(server.at("/")).text()).isEqualTo(exact);
                isTooLarge(() -> not.get(server.at("/")));
            }
        }
    }

    @Test
    @Tag("AG-68")
    void aStreamThatNeverEndsIsRefusedAtItsLimit() throws Exception {
        try (var server =
                        WireServer.start(visit ->
                                endless(
                                        visit,
                                        WireServer.CHUNKED,
                                        WireServer.chunk("data: a\n\n")));
                var client = Client.open(with(DEFAULTS.withStream(5_000)));
                var stream = client.stream(server.at("/"))) {
            var events = stream.events();
            isTooLarge(() -> {
                while (true) {
                    assertThat(events.next()).isPresent();
                }
            });
        }
    }

    @Test
    @Tag("AG-68")
    void anEventIsRefusedIfOneLineOrAllItsLinesAreTooLarge() throws Exception {
        var limits = with(DEFAULTS.withEvent(5_000));
        for (var piece : List.of("data: a\n", "x")) {
            try (var server =
                            WireServer.start(
                                    visit -> endless(visit, "HTTP/1.1 200 OK\r\n\r\n", piece));
                    var client = Client.open(limits);
                    var stream = client.stream(server.at("/"));
                    var other = client.stream(server.at("/"))) {
                isTooLarge(() -> stream.events().next());
                if (piece.equals("x")) {
                    isTooLarge(() -> other.lines().next());
                }
            }
        }
    }

    @Test
    void anEventOfFourMebibytesIsRead() throws Exception {
        var big = "x".repeat((4 << 20) - 6);
        try (var server =
                        WireServer.start(
                                visit -> visit.send(WireServer.ok("data: " + big + "\n\n")));
                var client = Client.open();
                var stream = client.stream(server.at("/"))) {
            assertThat(stream.events().next().orElseThrow().data()).isEqualTo(big);
        }
    }
}
