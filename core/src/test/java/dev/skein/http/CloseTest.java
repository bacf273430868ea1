package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.http.TransportException.Kind;
import dev.skein.policy.HandClock;
import dev.skein.policy.TransportLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CloseTest {

    @Test
    void nothingIsLeft(@TempDir Path folder) throws Exception {
        assertThat(threads(folder.resolve("before"))).doesNotContain("skein-watchdog");
        var clock = new HandClock();
        try (var server = WireServer.answering("ok")) {
            var client = Client.open(TransportLimits.defaults(), clock);
            client.get(server.at("/"));
            var unread = client.stream(server.at("/"));
            assertThat(threads(folder.resolve("open"))).contains("skein-watchdog");
            client.transport().close();
            server.awaitOpen(0);
            unread.close();
            client.transport().close();
        }
        assertThat(threads(folder.resolve("after"))).doesNotContain("skein-watchdog");
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void exchangesUnderWayEndAndSaySo() throws Exception {
        var limits =
                TransportLimits.defaults()
                        .withConnections(TransportLimits.Connections.defaults().withOpen(20));
        try (var server = WireServer.start(WireServer.Visit::awaitEnd);
                var client = Client.open(limits)) {
            var failures = new ArrayList<FutureTask<TransportException>>();
            for (int i = 0; i < 40; i++) {
                failures.add(Client.on(Thread.ofVirtual(), () -> client.failureOf(server.at("/"))));
            }
            server.awaitVisits(20);
            client.transport().close();
            for (var failure : failures) {
                assertThat(failure.get().kind()).isEqualTo(Kind.CLOSED);
            }
            server.awaitOpen(0);
        }
    }

    @Test
    void afterItNothingIsSent() throws Exception {
        try (var server = WireServer.answering("ok");
                var client = Client.open()) {
            client.get(server.at("/"));
            client.transport().close();
            var failure =
                    catchThrowableOfType(
                            TransportException.class, () -> client.get(server.at("/")));
            assertThat(failure.kind()).isEqualTo(Kind.CLOSED);
            assertThat(server.visits()).hasSize(1);
        }
    }

    @Test
    void fiveHundredAtOnceAreServedAndGone() throws Exception {
        try (var server = WireServer.start(visit -> visit.send(WireServer.ok(visit.text())));
                var client = Client.open()) {
            for (int round = 0; round < 3; round++) {
                var replies = new ArrayList<FutureTask<Reply>>();
                for (int i = 0; i < 500; i++) {
                    var body = "body " + i;
                    replies.add(
                            Client.on(Thread.ofVirtual(), () -> client.post(server.at("/"), body)));
                }
                for (int i = 0; i < 500; i++) {
                    assertThat(replies.get(i).get().text()).isEqualTo("body " + i);
                }
            }
            client.transport().close();
            server.awaitOpen(0);
        }
    }

    /** All threads of this program, virtual ones too. */
    private static String threads(Path file) throws Exception {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var pid = Long.toString(ProcessHandle.current().pid());
        var dump = new ProcessBuilder(jcmd, pid, "Thread.dump_to_file", file.toString()).start();
        assertThat(dump.waitFor()).isZero();
        return Files.readString(file);
    }
}
