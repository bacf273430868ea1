package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.http.TransportException.Kind;
import dev.skein.policy.HandClock;
import dev.skein.policy.TransportLimits;
import dev.skein.policy.TransportLimits.Connections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PoolTest {
    private static TransportLimits with(Connections connections) {
        return TransportLimits.defaults().withConnections(connections);
    }

    @Test
    void exchangesOneAfterTheOtherShareOneConnection() throws Exception {
        try (var server = WireServer.answering("ok");
                var client = Client.open()) {
            for (int i = 0; i < 20; i++) {
                client.post(server.at("/"), "body");
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void theConnectionThatRestedLastIsTakenFirst() throws Exception {
        try (var server = WireServer.answering("ok");
                var client = Client.open()) {
            var first = client.stream(server.at("/"));
            var second = client.stream(server.at("/"));
            first.readAll();
            second.readAll();
            second.close();
            first.close();
            client.get(server.at("/"));
            assertThat(server.visits().getLast().connection()).isZero();
        }
    }

    @Test
    void aBodyThatWasNotReadEndsItsConnection() throws Exception {
        try (var server = WireServer.answering("a longer text");
                var client = Client.open()) {
            try (var stream = client.stream(server.at("/"))) {
                assertThat(stream.read(new byte[3], 0, 3)).isEqualTo(3);
            }
            server.awaitOpen(0);
            client.get(server.at("/"));
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatSaysCloseIsBelieved() throws Exception {
        var raw = "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n";
        try (var server = WireServer.start(visit -> visit.send(raw));
                var client = Client.open()) {
            client.get(server.at("/"));
            server.awaitOpen(0);
        }
    }

    @Test
    void anOldServerKeepsAConnectionOnlyIfItSaysSo() throws Exception {
        var keeps = "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n";
        var ends = "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n";
        try (var server =
                        WireServer.start(visit -> visit.send(visit.request() == 0 ? keeps : ends));
                var client = Client.open()) {
            client.get(server.at("/"));
            client.get(server.at("/"));
            client.get(server.at("/"));
            assertThat(server.visits())
                    .extracting(visit -> visit.connection())
                    .containsExactly(0, 0, 1);
        }
    }

    @Test
    void bytesThatNobodyAskedForEndTheConnection() throws Exception {
        try (var server =
                        WireServer.start(
                                visit -> visit.send(WireServer.ok("a") + "HTTP/1.1 200 OK\r\n"));
                var client = Client.open()) {
            assertThat(client.get(server.at("/")).text()).isEqualTo("a");
            assertThat(client.get(server.at("/")).text()).isEqualTo("a");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileIsReplacedOnce() throws Exception {
        try (var server = WireServer.answering("ok");
                var client = Client.open()) {
            client.post(server.at("/"), "1");
            server.hangUp();
            assertThat(client.post(server.at("/"), "2").text()).isEqualTo("ok");
            assertThat(server.visits()).extracting(visit -> visit.text()).containsExactly("1", "2");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    @Tag("AG-68")
    void aConnectionThatIsClosedOnRequestIsReplacedOnceAndNotTwice() throws Exception {
        try (var server =
                        WireServer.start(visit -> {
                            if (visit.text().equals("1")) {
                                visit.send(WireServer.ok(""));
                            } else {
                                visit.close();
                            }
                        });
                var client = Client.open()) {
            client.post(server.at("/"), "1");
            var failure =
                    catchThrowableOfType(
                            TransportException.class, () -> client.post(server.at("/"), "2"));
            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
            assertThat(server.visits())
                    .extracting(visit -> visit.text())
                    .containsExactly("1", "2", "2");
        }
    }

    @Test
    void aNewConnectionThatBreaksIsNotReplaced() throws Exception {
        try (var server = WireServer.start(WireServer.Visit::close);
                var client = Client.open()) {
            assertThat(client.failureOf(server.at("/")).kind()).isEqualTo(Kind.BROKEN);
            assertThat(server.visits()).hasSize(1);
        }
    }

    @Test
    @Tag("AG-68")
    void aReplyThatHadBegunIsNotAskedForAgain() throws Exception {
        try (var server =
                        WireServer.start(visit -> {
                            visit.send(visit.request() == 0 ? WireServer.ok("") : "H");
                            if (visit.request() > 0) {
                                visit.close();
                            }
                        });
                var client = Client.open()) {
            client.get(server.at("/"));
            var failure = client.failureOf(server.at("/"));
            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
            assertThat(failure.bytes()).isEqualTo(1);
            assertThat(server.visits()).hasSize(2);
        }
    }

    @Test
    void aReplyThatIsLateIsNotAskedForAgain() throws Exception {
        var limits = TransportLimits.defaults().withFirstByte(Duration.ofMillis(50));
        try (var server =
                        WireServer.start(visit -> {
                            if (visit.request() == 0) {
                                visit.send(WireServer.ok(""));
                            } else {
                                visit.awaitEnd();
                            }
                        });
                var client = Client.open(limits)) {
            client.get(server.at("/"));
            assertThat(client.failureOf(server.at("/")).kind()).isEqualTo(Kind.FIRST_BYTE);
            assertThat(server.visits()).hasSize(2);
        }
    }

    @Test
    @Tag("AG-68")
    void onlySoManyConnectionsRest() throws Exception {
        var limits = with(Connections.defaults().withResting(3));
        try (var server = WireServer.answering("ok");
                var client = Client.open(limits)) {
            var streams = new ArrayList<ReplyStream>();
            for (int i = 0; i < 10; i++) {
                streams.add(client.stream(server.at("/")));
            }
            server.awaitOpen(10);
            for (var stream : streams) {
                stream.readAll();
                stream.close();
            }
            server.awaitOpen(3);
            client.get(server.at("/"));
            assertThat(server.visits().getLast().connection()).isEqualTo(9);
        }
    }

    @Test
    void aConnectionThatRestedItsTimeIsClosedAndReplaced() throws Exception {
        var clock = new HandClock();
        try (var server = WireServer.answering("ok");
                var client = Client.open(TransportLimits.defaults(), clock)) {
            client.get(server.at("/"));
            clock.advance(Duration.ofSeconds(29));
            client.get(server.at("/"));
            clock.advance(Duration.ofSeconds(29));
            client.get(server.at("/"));
            assertThat(server.accepted()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(30));
            server.awaitOpen(0);
            assertThat(client.get(server.at("/")).text()).isEqualTo("ok");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void allConnectionsOfABurstRestForTheNext() throws Exception {
        var clock = new HandClock();
        try (var server = WireServer.answering("ok");
                var client = Client.open(TransportLimits.defaults(), clock)) {
            for (int burst = 0; burst < 2; burst++) {
                var streams = new ArrayList<ReplyStream>();
                for (int i = 0; i < 200; i++) {
                    streams.add(client.stream(server.at("/")));
                }
                for (var stream : streams) {
                    stream.readAll();
                    stream.close();
                    clock.advance(Duration.ofMillis(1));
                }
            }
            assertThat(server.accepted()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(30));
            server.awaitOpen(0);
        }
    }

    @Test
    void placesOfConnectionsThatRestedTheirTimeAreFree() throws Exception {
        var clock = new HandClock();
        var limits = with(Connections.defaults().withOpen(3));
        try (var server = WireServer.answering("ok");
                var client = Client.open(limits, clock)) {
            for (int round = 0; round < 3; round++) {
                var streams = new ArrayList<ReplyStream>();
                for (int i = 0; i < 3; i++) {
                    streams.add(client.stream(server.at("/")));
                }
                for (var stream : streams) {
                    stream.readAll();
                    stream.close();
                }
                clock.advance(Duration.ofSeconds(30));
                server.awaitOpen(0);
            }
            assertThat(server.accepted()).isEqualTo(9);
        }
    }

    @Test
    void connectionsLeaveAQuarterOfTheOpenFilesToOthers() {
        var limits =
                """
                Max processes             95865   95865   processes
                Max open files            1024    1048576 files
                """;
        assertThat(Descriptors.forConnections(limits)).isEqualTo(768);
        assertThat(Descriptors.forConnections("Max open files            unlimited"))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(Descriptors.forConnections()).isPositive();
    }

    @Test
    void whoFindsAllConnectionsUsedWaitsForOne() throws Exception {
        var limits = with(Connections.defaults().withOpen(2));
        try (var server = WireServer.answering("ok");
                var client = Client.open(limits)) {
            var one = client.stream(server.at("/"));
            var other = client.stream(server.at("/"));
            var waiting = new ArrayList<Future<Reply>>();
            for (int i = 0; i < 50; i++) {
                waiting.add(Client.on(Thread.ofVirtual(), () -> client.get(server.at("/later"))));
            }
            one.close();
            other.readAll();
            other.close();
            for (var reply : waiting) {
                assertThat(reply.get().text()).isEqualTo("ok");
            }
            assertThat(server.accepted()).isEqualTo(3);
        }
    }

    @Test
    void whoWaitsForAConnectionBeyondTheDeadlineLearnsIt() throws Exception {
        var limits = with(Connections.defaults().withOpen(1));
        try (var server = WireServer.answering("ok");
                var client = Client.open(limits)) {
            var held = client.stream(server.at("/"));
            var failure =
                    catchThrowableOfType(
                            TransportException.class,
                            () ->
                                    client.transport()
                                            .send(
                                                    Request.get(server.at("/"), Map.of()),
                                                    client.in(Duration.ofMillis(20))));
            assertThat(failure.kind()).isEqualTo(Kind.DEADLINE);
            held.close();
            assertThat(client.get(server.at("/")).text()).isEqualTo("ok");
        }
    }

    @Test
    void whoIsInterruptedInLineLeavesItsPlaceToOthers() throws Exception {
        var limits = with(Connections.defaults().withOpen(1));
        try (var server = WireServer.answering("ok");
                var client = Client.open(limits)) {
            var held = client.stream(server.at("/"));
            var started = new CountDownLatch(1);
            var thread =
                    Thread.ofVirtual()
                            .unstarted(() -> {
                                started.countDown();
                                assertThatThrownBy(() -> client.get(server.at("/never")))
                                        .isInstanceOf(InterruptedException.class);
                            });
            thread.start();
            started.await();
            thread.interrupt();
            thread.join();
            var next = Client.on(Thread.ofVirtual(), () -> client.get(server.at("/next")));
            held.close();
            assertThat(next.get().text()).isEqualTo("ok");
            assertThat(server.visits()).noneMatch(visit -> visit.head().contains("/never"));
        }
    }

    @Test
    void aFailedConnectionGivesItsPlaceBack() throws Exception {
        var limits = with(Connections.defaults().withOpen(1));
        try (var server = WireServer.start(WireServer.Visit::close);
                var client = Client.open(limits)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.failureOf(server.at("/")).kind()).isEqualTo(Kind.BROKEN);
            }
        }
    }
}
