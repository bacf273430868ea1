package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.TransportException.Kind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExchangeTest {

    @Test
    void aRequestArrivesAsItWasGivenAndItsReplyComesBack() throws Exception {
        try (var server = WireServer.answering("grüße");
                var client = Client.open()) {
            var request =
                    Request.post(
                            server.at("/v1/chat?key=a%20b"),
                            Map.of("Authorization", "Bearer x"),
                            "{\"ä\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            var reply =
                    client.transport().send(request, client.in(java.time.Duration.ofMinutes(1)));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("grüße");
            var visit = server.visits().getFirst();
            assertThat(visit.text()).isEqualTo("{\"ä\":1}");
            assertThat(visit.head())
                    .isEqualTo(
                            "POST /v1/chat?key=a%20b HTTP/1.1\r\nHost: 127.0.0.1:"
                                    + server.port()
                                    + "\r\nAuthorization: Bearer x\r\nContent-Length: 8\r\n\r\n");
        }
    }

    @Test
    void headersAreFoundWhateverTheirCaseAndInTheirOrder() throws Exception {
        var raw =
                "HTTP/1.1 429 Slow down\r\nretry-AFTER:  7 \r\nX-A: 1\r\nx-a:2\r\nContent-length: 0\r\n\r\n";
        try (var server = WireServer.start(visit -> visit.send(raw));
                var client = Client.open()) {
            var reply = client.get(server.at("/"));

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.headers().first("Retry-After")).contains("7");
            assertThat(reply.headers().first("absent")).isEmpty();
            assertThat(reply.headers().all().get("X-a")).isEqualTo(List.of("1", "2"));
            assertThat(reply.headers()).hasToString("Headers[Content-length, retry-AFTER, X-A]");
        }
    }

    @Test
    void chunksAreJoinedWhateverExtensionsAndTrailersTheyHave() throws Exception {
        var raw =
                WireServer.CHUNKED
                        + "5;name=value\r\nhello\r\n0006 \r\n world\r\n0\r\nX-Sum: 1\r\nB: 2\r\n\r\n";
        try (var server = WireServer.start(visit -> visit.send(raw));
                var client = Client.open()) {
            assertThat(client.get(server.at("/")).text()).isEqualTo("hello world");
            assertThat(client.get(server.at("/")).text()).isEqualTo("hello world");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aBodyWithoutLengthEndsWithItsConnection() throws Exception {
        try (var server =
                        WireServer.start(visit -> {
                            visit.send("HTTP/1.1 200 OK\r\n\r\nall of it");
                            visit.close();
                        });
                var client = Client.open()) {
            assertThat(client.get(server.at("/")).text()).isEqualTo("all of it");
            assertThat(client.get(server.at("/")).text()).isEqualTo("all of it");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void provisionalRepliesArePassedOver() throws Exception {
        var raw =
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
                        + WireServer.ok("last");
        try (var server = WireServer.start(visit -> visit.send(raw));
                var client = Client.open()) {
            assertThat(client.get(server.at("/")).text()).isEqualTo("last");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void repliesThatHaveNoBodyAreNotWaitedFor(String status) throws Exception {
        try (var server =
                        WireServer.start(visit ->
                                visit.send(
                                        "HTTP/1.1 " + status + "\r\nContent-Length: 9\r\n\r\n"));
                var client = Client.open()) {
            assertThat(client.get(server.at("/")).body()).isEmpty();
            assertThat(client.get(server.at("/")).body()).isEmpty();
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aReplyToHeadHasNoBody() throws Exception {
        try (var server =
                        WireServer.start(visit ->
                                visit.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"));
                var client = Client.open()) {
            var request = new Request("HEAD", server.at("/"), Map.of(), new byte[0]);
            var reply =
                    client.transport().send(request, client.in(java.time.Duration.ofMinutes(1)));
            assertThat(reply.headers().first("content-length")).contains("9");
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    @Tag("AG-68")
    void aRedirectIsAReplyLikeOthers() throws Exception {
        try (var server =
                        WireServer.start(visit ->
                                visit.send(
                                        "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"));
                var client = Client.open()) {
            assertThat(client.get(server.at("/a")).status()).isEqualTo(302);
            assertThat(server.visits()).hasSize(1);
        }
    }

    @Test
    void aLargeBodyArrivesWholeInBothDirections() throws Exception {
        var big = "0123456789abcdef".repeat(300_000);
        try (var server = WireServer.start(visit -> visit.send(WireServer.ok(visit.text())));
                var client = Client.open()) {
            assertThat(client.post(server.at("/"), big).text()).isEqualTo(big);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/2 200\r\n\r\n\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n"
            })
    void whatIsNotHttpIsSaidToBeMalformed(String raw) throws Exception {
        try (var server = WireServer.start(visit -> visit.send(raw));
                var client = Client.open()) {
            assertThat(client.failureOf(server.at("/")).kind()).isEqualTo(Kind.MALFORMED);
            server.awaitOpen(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            })
    void aReplyThatBreaksOffSaysHowMuchHadCome(String raw) throws Exception {
        try (var server =
                        WireServer.start(visit -> {
                            visit.send(raw);
                            visit.close();
                        });
                var client = Client.open()) {
            var failure = client.failureOf(server.at("/secret-free?key=SECRET"));
            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
            assertThat(failure.bytes()).isEqualTo(raw.length());
            assertThat(failure)
                    .hasMessageContaining("after " + raw.length() + " bytes")
                    .hasMessageNotContaining("SECRET");
        }
    }

    @Test
    void aLengthBesideChunksDoesNotCountAndEndsTheConnection() throws Exception {
        var raw =
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        try (var server = WireServer.start(visit -> visit.send(raw));
                var client = Client.open()) {
            assertThat(client.get(server.at("/")).text()).isEqualTo("hello");
            server.awaitOpen(0);
        }
    }

    @Test
    void whereNobodyListensThereIsNoConnection() throws Exception {
        URI closed;
        try (var server = WireServer.answering("")) {
            closed = server.at("/");
        }
        try (var client = Client.open()) {
            assertThat(client.failureOf(closed).kind()).isEqualTo(Kind.CONNECT);
            var localhost = URI.create("http://localhost:" + closed.getPort() + "/");
            assertThat(client.failureOf(localhost).getSuppressed()).hasSize(1);
        }
    }

    @Test
    void localhostIsFoundWithoutLookUp() throws Exception {
        try (var server = WireServer.answering("here");
                var client = Client.open()) {
            var uri = URI.create("HTTP://LocalHost:" + server.port());
            assertThat(client.get(uri).text()).isEqualTo("here");
            assertThat(server.visits().getFirst().head())
                    .startsWith("GET / HTTP/1.1\r\nHost: localhost:");
        }
    }
}
