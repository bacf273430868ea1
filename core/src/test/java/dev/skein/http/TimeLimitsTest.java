package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.http.TransportException.Kind;
import dev.skein.policy.HandClock;
import dev.skein.policy.TransportLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimeLimitsTest {
    private static final Duration SHORT = Duration.ofMillis(60);

    @Test
    @Tag("AG-68")
    void aServerThatSaysNothingIsGivenUpAfterTheTimeForTheFirstByte() throws Exception {
        var clock = new HandClock();
        try (var server = WireServer.start(WireServer.Visit::awaitEnd);
                var client = Client.open(TransportLimits.defaults(), clock)) {
            var failure =
                    Client.on(
                            Thread.ofVirtual(),
                            () ->
                                    catchThrowableOfType(
                                            TransportException.class,
                                            () ->
                                                    client.transport()
                                                            .send(
                                                                    Client.posting(
                                                                            server.at("/"), "x"),
                                                                    client.in(
                                                                            Duration.ofHours(1)))));
            server.awaitVisits(1);
            clock.advance(Duration.ofSeconds(119));
            assertThat(failure.isDone()).isFalse();
            clock.advance(Duration.ofSeconds(1));
            assertThat(failure.get().kind()).isEqualTo(Kind.FIRST_BYTE);
            assertThat(failure.get().waited()).isEqualTo(Duration.ofMinutes(2));
            assertThat(failure.get().bytes()).isZero();
            assertThat(failure.get()).hasMessageEndingWith(": no byte of the reply within 120 s");
            server.awaitOpen(0);
        }
    }

    @Test
    void aTimeThatIsEarlierThanAllOthersIsNotMissed() throws Exception {
        var clock = new HandClock();
        var limits = TransportLimits.defaults().withFirstByte(Duration.ofSeconds(3));
        try (var server = WireServer.start(WireServer.Visit::awaitEnd);
                var client = Client.open(limits, clock)) {
            var failure = Client.on(Thread.ofVirtual(), () -> client.failureOf(server.at("/")));
            server.awaitVisits(1);
            clock.advance(Duration.ofSeconds(3));
            assertThat(failure.get().kind()).isEqualTo(Kind.FIRST_BYTE);
        }
    }

    @Test
    @Tag("AG-68")
    void aReplyThatStopsIsGivenUpAfterTheIdleTime() throws Exception {
        var limits = TransportLimits.defaults().withIdle(SHORT);
        for (var begun :
                List.of("HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")) {
            try (var server =
                            WireServer.start(visit -> {
                                visit.send(begun);
                                visit.awaitEnd();
                            });
                    var client = Client.open(limits)) {
                var failure = client.failureOf(server.at("/"));
                assertThat(failure.kind()).isEqualTo(Kind.IDLE);
                assertThat(failure.bytes()).isEqualTo(begun.length());
                assertThat(failure.waited()).isGreaterThanOrEqualTo(SHORT);
                server.awaitOpen(0);
            }
        }
    }

    @Test
    @Tag("AG-68")
    void aStreamThatOnlySendsCommentsIsAlive() throws Exception {
        var clock = new HandClock();
        var told = new CountDownLatch[] {new CountDownLatch(1), new CountDownLatch(1)};
        try (var server =
                        WireServer.start(visit -> {
                            visit.send("HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n");
                            told[0].await();
                            visit.send(": ping\n");
                            told[1].await();
                            visit.send("data: 2\n\n");
                            visit.awaitEnd();
                        });
                var client = Client.open(TransportLimits.defaults(), clock);
                var stream =
                        client.transport()
                                .open(
                                        Request.get(server.at("/"), Map.of()),
                                        client.in(Duration.ofHours(1)))) {
            var events = stream.events();
            assertThat(events.next().orElseThrow().data()).isEqualTo("1");
            var next = Client.on(Thread.ofVirtual(), events::next);
            clock.advance(Duration.ofSeconds(50));
            told[0].countDown();
            clock.advance(Duration.ofSeconds(5));
            told[1].countDown();
            assertThat(next.get().orElseThrow().data()).isEqualTo("2");
        }
    }

    @Test
    void aCallerMayTakeItsTimeBetweenTwoReads() throws Exception {
        var clock = new HandClock();
        var told = new CountDownLatch(1);
        try (var server =
                        WireServer.start(visit -> {
                            if (visit.head().startsWith("GET /silent")) {
                                visit.awaitEnd();
                            }
                            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
                            told.await();
                            visit.send("def");
                        });
                var client = Client.open(TransportLimits.defaults(), clock);
                var stream =
                        client.transport()
                                .open(
                                        Request.get(server.at("/"), Map.of()),
                                        client.in(Duration.ofHours(1)))) {
            assertThat(stream.read(new byte[3], 0, 3)).isEqualTo(3);
            var silent =
                    Client.on(Thread.ofVirtual(), () -> client.failureOf(server.at("/silent")));
            server.awaitVisits(2);
            clock.advance(Duration.ofMinutes(10));
            assertThat(silent.get().kind()).isEqualTo(Kind.DEADLINE);
            told.countDown();
            assertThat(stream.readAll()).asString().isEqualTo("def");
        }
    }

    @Test
    @Tag("AG-68")
    void theDeadlineCountsEvenWhileBytesCome() throws Exception {
        try (var server =
                        WireServer.start(visit -> {
                            visit.send(WireServer.CHUNKED);
                            while (true) {
                                visit.send(WireServer.chunk(": ping\n"));
                            }
                        });
                var client = Client.open();
                var stream =
                        client.transport()
                                .open(
                                        Request.get(server.at("/"), Map.of()),
                                        client.in(Duration.ofMillis(100)))) {
            var failure =
                    catchThrowableOfType(TransportException.class, () -> stream.events().next());
            assertThat(failure.kind()).isEqualTo(Kind.DEADLINE);
        }
    }

    @Test
    void aDeadlineThatHasPassedEndsTheExchangeWhateverItWaitsFor() throws Exception {
        try (var server = WireServer.start(WireServer.Visit::awaitEnd);
                var client = Client.open()) {
            for (var left : List.of(Duration.ofMillis(40), Duration.ZERO, Duration.ofSeconds(-1))) {
                var failure =
                        catchThrowableOfType(
                                TransportException.class,
                                () ->
                                        client.transport()
                                                .send(
                                                        Request.get(server.at("/"), Map.of()),
                                                        client.in(left)));
                assertThat(failure.kind()).isEqualTo(Kind.DEADLINE);
            }
        }
    }

    @Test
    void aServerThatDoesNotTakeTheRequestIsGivenUp() throws Exception {
        var limits = TransportLimits.defaults().withFirstByte(SHORT);
        try (var deaf = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
                var client = Client.open(limits)) {
            var uri = URI.create("http://127.0.0.1:" + deaf.getLocalPort());
            var failure =
                    catchThrowableOfType(
                            TransportException.class,
                            () -> client.post(uri, "x".repeat(30_000_000)));
            assertThat(failure.kind()).isEqualTo(Kind.FIRST_BYTE);
        }
    }

    @Test
    @Tag("AG-68")
    void aHostThatDoesNotAcceptIsGivenUpAfterTheTimeToConnect() throws Exception {
        var limits = TransportLimits.defaults().withConnect(SHORT);
        try (var full = new FullServer();
                var client = Client.open(limits)) {
            var failure = client.failureOf(full.uri());
            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(failure.waited()).isGreaterThanOrEqualTo(SHORT);
            assertThat(failure).hasMessageContaining("no connection within");
        }
    }

    @Test
    void aThousandExchangesThatAreLateAllEnd() throws Exception {
        var limits = TransportLimits.defaults().withFirstByte(Duration.ofMillis(300));
        try (var server = WireServer.start(WireServer.Visit::awaitEnd);
                var client = Client.open(limits)) {
            var failures = new ArrayList<FutureTask<TransportException>>();
            for (int i = 0; i < 1_000; i++) {
                failures.add(Client.on(Thread.ofVirtual(), () -> client.failureOf(server.at("/"))));
            }
            for (var failure : failures) {
                assertThat(failure.get().kind()).isEqualTo(Kind.FIRST_BYTE);
            }
            server.awaitOpen(0);
        }
    }

    /** A listener that accepts nobody and whose queue is full, so that connecting to it hangs. */
    static final class FullServer implements AutoCloseable {
        private final ServerSocket listener =
                new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        private final List<SocketChannel> queued = new ArrayList<>();

        FullServer() throws IOException {
            var address = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
            for (int i = 0; i < 8; i++) {
                var channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(address);
                queued.add(channel);
            }
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + listener.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            for (var channel : queued) {
                channel.close();
            }
            listener.close();
        }
    }
}
