package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.http.Proxies.Proxy;
import dev.skein.http.TransportException.Kind;
import dev.skein.policy.Reach;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProxyTest {
    private static Proxies through(WireServer proxy, String user) {
        var address = "http://" + user + "127.0.0.1:" + proxy.port();
        return Proxies.of(address, address, "direct.example");
    }

    @Test
    @Tag("AG-68")
    void aSecuredHostIsReachedThroughATunnel(@TempDir Path folder) throws Exception {
        var certificate = Certificate.of("dns:provider.example", folder);
        var sockets = certificate.server().getServerSocketFactory();
        var listener = sockets.createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
        try (var server =
                        WireServer.start(
                                listener, visit -> visit.send(WireServer.ok(visit.text())));
                var proxy = WireServer.start(visit -> tunnel(visit, server.port()));
                var client = Client.open(through(proxy, "me:pa%20ss@"), certificate.client())) {
            for (int i = 0; i < 3; i++) {
                var reply = client.post(URI.create("https://provider.example/v1"), "text " + i);
                assertThat(reply.text()).isEqualTo("text " + i);
            }
            assertThat(proxy.visits()).hasSize(1);
            assertThat(proxy.visits().getFirst().head())
                    .isEqualTo(
                            String.join(
                                    "\r\n",
                                    "CONNECT provider.example:443 HTTP/1.1",
                                    "Host: provider.example:443",
                                    "Proxy-Authorization: Basic bWU6cGEgc3M=",
                                    "",
                                    ""));
            assertThat(server.visits()).hasSize(3);
            assertThat(server.visits().getFirst().head())
                    .startsWith("POST /v1 HTTP/1.1\r\nHost: provider.example\r\n")
                    .doesNotContain("Proxy");
        }
    }

    private static void tunnel(WireServer.Visit visit, int port)
            throws IOException, InterruptedException {
        try (var server = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            visit.send("HTTP/1.1 200 Connection established\r\n\r\n");
            var back = Thread.ofVirtual().start(() -> copy(server, visit.socket()));
            copy(visit.socket(), server);
            back.join();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            assertThat(e).as("one of the ends has hung up").isNotNull();
        }
    }

    @Test
    void aProxyThatRefusesIsNoConnection() throws Exception {
        var refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
        try (var proxy = WireServer.start(visit -> visit.send(refusal));
                var client = Client.open(through(proxy, "me:SECRET@"), null)) {
            var failure = client.failureOf(URI.create("https://provider.example/"));
            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(failure)
                    .hasMessageContaining("proxy 127.0.0.1:" + proxy.port() + " answered 407")
                    .hasMessageNotContaining("SECRET");
            proxy.awaitOpen(0);
        }
    }

    @Test
    void aPlainHostIsAskedForByItsWholeAddress() throws Exception {
        try (var proxy = WireServer.answering("through");
                var client = Client.open(through(proxy, ""), null)) {
            var reply = client.get(URI.create("http://provider.example:8080/a?b=c"));
            assertThat(reply.text()).isEqualTo("through");
            assertThat(proxy.visits().getFirst().head())
                    .isEqualTo(
                            String.join(
                                    "\r\n",
                                    "GET http://provider.example:8080/a?b=c HTTP/1.1",
                                    "Host: provider.example:8080",
                                    "",
                                    ""));
        }
    }

    @Test
    void thisComputerIsNeverAskedForThroughAProxy() throws Exception {
        try (var proxy = WireServer.answering("through");
                var server = WireServer.answering("direct");
                var client = Client.open(through(proxy, ""), null)) {
            assertThat(client.get(server.at("/")).text()).isEqualTo("direct");
            assertThat(proxy.visits()).isEmpty();
        }
    }

    @Test
    void whatIsOutOfReachIsRefusedWithAProxyToo() throws Exception {
        try (var proxy = WireServer.answering("through")) {
            for (var reach : List.of(Reach.LOOPBACK, Reach.NONE)) {
                var limits = TransportLimits.defaults().withReach(reach);
                try (var transport =
                        Transport.open(limits, through(proxy, ""), Timekeeper.system())) {
                    var request =
                            Request.get(
                                    URI.create("http://provider.example/?k=SECRET"),
                                    java.util.Map.of());
                    assertThatThrownBy(() ->
                                    transport.send(
                                            request, Timekeeper.system().nanos() + 1_000_000_000))
                            .isInstanceOfSatisfying(
                                    TransportException.class,
                                    e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
                            .hasMessageNotContaining("SECRET");
                }
            }
            assertThat(proxy.visits()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "provider.example, 443, true",
        "direct.example, 443, false",
        "api.direct.example, 443, false",
        "indirect.example, 443, true",
        "dotted.example, 443, false",
        "a.dotted.example, 443, false",
        "port.example, 443, true",
        "port.example, 8443, false",
        "localhost, 443, false",
        "127.0.0.1, 443, false",
        "::1, 443, false"
    })
    @Tag("AG-68")
    void exceptionsAreReachedDirectly(String host, int port, boolean proxied) {
        var proxies =
                Proxies.of(
                        "proxy.example:3128",
                        "",
                        " Direct.Example, .dotted.example port.example:8443");
        assertThat(proxies.to(new Origin(true, host, port)).isPresent()).isEqualTo(proxied);
        assertThat(proxies.to(new Origin(false, host, port))).isEmpty();
        var none = Proxies.of("proxy.example:3128", "", "*");
        assertThat(none.to(new Origin(true, host, port))).isEmpty();
    }

    @Test
    void aProxyNeedsOnlyItsHost() {
        assertThat(Proxy.of("http://proxy.example"))
                .isEqualTo(new Proxy("proxy.example", 80, null));
        assertThat(Proxy.of("proxy.example:3128"))
                .isEqualTo(new Proxy("proxy.example", 3128, null));
        assertThat(Proxies.none().toString())
                .isEqualTo("Proxies[https=null, http=null, except=[]]");
        assertThat(Proxies.of("me:SECRET@proxy.example:1", "", "").toString())
                .doesNotContain("SECRET", "Basic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://SECRET@proxy.example",
                "socks5://SECRET:1",
                "http://SECRET SECRET",
                "SECRET:port:1"
            })
    void aProxyThatCannotBeReadIsRefusedWithoutBeingRepeated(String address) {
        assertThatThrownBy(() -> Proxies.of(address, "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("SECRET");
    }
}
