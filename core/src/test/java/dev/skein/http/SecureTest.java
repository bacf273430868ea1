package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.http.TransportException.Kind;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SecureTest {
    private static Certificate certificate;

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        certificate = Certificate.of("dns:localhost,dns:provider.example", folder);
    }

    private static WireServer start(WireServer.Handler handler) throws Exception {
        var sockets = certificate.server().getServerSocketFactory();
        return WireServer.start(
                sockets.createServerSocket(0, 1024, InetAddress.ofLiteral("127.0.0.1")), handler);
    }

    private static URI at(String host, WireServer server) {
        return URI.create("https://" + host + ":" + server.port() + "/");
    }

    private static Client trusting() throws Exception {
        return Client.open(Proxies.none(), certificate.client());
    }

    @Test
    void exchangesAreSecuredAndShareTheirConnection() throws Exception {
        var big = "0123456789abcdef".repeat(20_000);
        try (var server = start(visit -> visit.send(WireServer.ok(visit.text())));
                var client = trusting()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.post(at("localhost", server), big + i).text()).isEqualTo(big + i);
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void manyAtOnceAreSecuredToo() throws Exception {
        try (var server = start(visit -> visit.send(WireServer.ok(visit.text())));
                var client = trusting()) {
            var replies = new ArrayList<FutureTask<Reply>>();
            for (int i = 0; i < 50; i++) {
                var body = "body " + i;
                replies.add(
                        Client.on(
                                Thread.ofVirtual(),
                                () -> client.post(at("localhost", server), body)));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(replies.get(i).get().text()).isEqualTo("body " + i);
            }
        }
    }

    @Test
    @Tag("AG-68")
    void aCertificateThatNobodyTrustsIsRefused() throws Exception {
        try (var server = start(visit -> visit.send(WireServer.ok("")));
                var client = Client.open()) {
            var failure = client.failureOf(at("localhost", server));
            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(server.visits()).isEmpty();
            server.awaitOpen(0);
        }
    }

    @Test
    @Tag("AG-68")
    void aCertificateForAnotherHostIsRefused() throws Exception {
        try (var server = start(visit -> visit.send(WireServer.ok("")));
                var client = trusting()) {
            var failure = client.failureOf(at("127.0.0.1", server));
            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(failure).hasMessageContaining("127.0.0.1");
            assertThat(server.visits()).isEmpty();
        }
    }

    @Test
    void aServerThatDoesNotSpeakTlsIsNoConnection() throws Exception {
        var limits = TransportLimits.defaults().withConnect(Duration.ofMillis(100));
        try (var server = WireServer.answering("never");
                var client = Client.open(limits)) {
            assertThat(client.failureOf(at("localhost", server)).kind()).isEqualTo(Kind.CONNECT);
            server.awaitOpen(0);
        }
    }

    @Test
    void anInterruptEndsASecuredExchange() throws Exception {
        for (var make : new Thread.Builder[] {Thread.ofVirtual(), Thread.ofPlatform().daemon()}) {
            try (var server = start(WireServer.Visit::awaitEnd);
                    var client = trusting()) {
                var task = new FutureTask<>(() -> client.get(at("localhost", server)));
                var thread = make.start(task);
                server.awaitVisits(1);
                thread.interrupt();
                assertThatThrownBy(task::get).cause().isInstanceOf(InterruptedException.class);
                server.awaitOpen(0);
            }
        }
    }

    @Test
    void aSecuredExchangeThatIsLateEnds() throws Exception {
        try (var server = start(WireServer.Visit::awaitEnd);
                var client = trusting()) {
            var request = Client.posting(at("localhost", server), "x");
            var failure =
                    catchThrowableOfType(
                            TransportException.class,
                            () ->
                                    client.transport()
                                            .send(
                                                    request,
                                                    Timekeeper.system().nanos() + 300_000_000));
            assertThat(failure.kind()).isEqualTo(Kind.DEADLINE);
            server.awaitOpen(0);
        }
    }
}
