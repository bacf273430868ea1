package dev.skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.http.Reply;
import dev.skein.json.Json;
import dev.skein.policy.Timekeeper;
import dev.skein.testkit.ManualClock;
import dev.skein.tool.Tool;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The listener itself: who is served, what is refused, and how it ends. */
@Timeout(60)
class ControlSocketTest {
    private static final String ID = "7k2m9q4c000000000000000000";

    @TempDir private Path folder;
    private Listening server;

    record Nothing() {}

    @BeforeEach
    void start() throws IOException {
        server = new Listening(folder);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        assertThat(server.socket()).doesNotExist();
    }

    private static Json json(Reply reply) {
        return Json.parse(reply.body());
    }

    private FakeRun blocking(CountDownLatch entered, CountDownLatch interrupted)
            throws InterruptedException {
        var run = server.run(ID, "pool");
        run.expose(
                Tool.of("hang", "Hangs.", Nothing.class, _ -> ""),
                _ -> {
                    entered.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return Json.nothing();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                });
        return run;
    }

    @Test
    @Tag("WF-80")
    void onlyItsOwnerMayOpenTheSocket() throws IOException {
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(server.socket()));
        assertThat(mode).isEqualTo("rw-------");
    }

    @Test
    @Tag("WF-80")
    void whoeverIsNotItsOwnerIsClosedBeforeAByteIsRead() throws Exception {
        var lookup = folder.getFileSystem().getUserPrincipalLookupService();
        var other = lookup.lookupPrincipalByName("nobody");
        var path = folder.resolve("other.sock");
        try (var _ = ControlSocket.open(path, other, new Router(List.of()), Timekeeper.system());
                var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    @Tag("WF-80")
    void aPageOfABrowserIsRefused() throws IOException {
        var reply =
                server.raw("GET /v1/runs HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.test\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 403 ").contains("denied.origin");
    }

    @Test
    void whatNobodyServesIsMissingAndOtherMethodsAreNamed() throws Exception {
        assertThat(json(server.get("/v2/runs")).path("/failure/code").text())
                .isEqualTo("missing.route");
        var reply = server.post("/v1/runs", Json.object());
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers().first("allow")).contains("GET");
    }

    @Test
    void whatIsNoRequestIsClosed() throws IOException {
        assertThat(server.raw("hello\r\n\r\n")).isEmpty();
        assertThat(server.raw("GET /v1/runs\r\n\r\n")).isEmpty();
    }

    @Test
    void aBodyThatIsNotSaidToBeJsonOrComesInChunksIsRefused() throws IOException {
        var start = "POST /v1/runs/x/cancel HTTP/1.1\r\nHost: x\r\n";
        assertThat(server.raw(start + "Content-Length: 2\r\n\r\n{}")).startsWith("HTTP/1.1 415 ");
        assertThat(server.raw(start + "Transfer-Encoding: chunked\r\n\r\n"))
                .startsWith("HTTP/1.1 411 ");
    }

    @Test
    @Tag("WF-84")
    void aRequestLargerThanFourMebibytesIsRefused() throws IOException {
        var head = "POST /v1/runs/x/cancel HTTP/1.1\r\nContent-Type: application/json\r\n";
        assertThat(server.raw(head + "Content-Length: 4194305\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("limit.size");
    }

    @Test
    void whatIsNoJsonIsRefusedWithItsPlace() throws IOException {
        var head = "POST /v1/runs/x/cancel HTTP/1.1\r\nContent-Type: application/json\r\n";
        assertThat(server.raw(head + "Content-Length: 3\r\n\r\n{a}"))
                .startsWith("HTTP/1.1 400 ")
                .contains("invalid.body");
    }

    @Test
    @Tag("WF-84")
    void aClientThatGoesAwayInterruptsItsCall() throws Exception {
        var entered = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        blocking(entered, interrupted);
        try (var channel = server.connect()) {
            Listening.out(channel)
                    .write(
                            ("POST /v1/runs/" + ID + "/endpoints/hang HTTP/1.1\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Tag("WF-84")
    void aCallThatHangsDoesNotKeepTheEndWaiting() throws Exception {
        var entered = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        blocking(entered, interrupted);
        try (var channel = server.connect()) {
            Listening.out(channel)
                    .write(
                            ("POST /v1/runs/" + ID + "/endpoints/hang HTTP/1.1\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
            server.stop();
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
            var reply = new String(Listening.in(channel).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply).startsWith("HTTP/1.1 503 ").contains("runtime.closed");
        }
        assertThatThrownBy(server::connect).isInstanceOf(IOException.class);
    }

    @Test
    @Tag("WF-84")
    void theSixtyFifthConnectionIsToldThatItIsTooMany() throws Exception {
        var open = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < 64; i++) open.add(server.connect());
            try (var more = server.connect()) {
                var reply = new String(Listening.in(more).readAllBytes(), StandardCharsets.UTF_8);
                assertThat(reply).startsWith("HTTP/1.1 503 ").contains("limit.load");
            }
        } finally {
            for (var channel : open) channel.close();
        }
    }

    @Test
    @Tag("WF-84")
    void whoDoesNotAskWithinTenSecondsIsClosed() throws Exception {
        var clock = ManualClock.at(Instant.EPOCH);
        var place = Files.createDirectory(folder.resolve("slow"));
        try (var slow = new Listening(place, clock);
                var channel = slow.connect()) {
            Listening.out(channel).write("GET /v1".getBytes(StandardCharsets.US_ASCII));
            var closed = new CountDownLatch(1);
            var reading =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    Listening.in(channel).readAllBytes();
                                } catch (IOException e) {
                                    assertThat(e).hasMessageContaining("reset");
                                }
                                closed.countDown();
                            });
            // Its time begins when it is accepted, which may be after the first of these.
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                clock.awaitWaiters(1);
                clock.advance(Duration.ofSeconds(11));
            }
            reading.join();
        }
    }

    @Test
    void aFailureOfTheCodeIsToldWithoutItsText() throws Exception {
        var run = server.run(ID, "pool");
        run.expose(
                Tool.of("boom", "Throws.", Nothing.class, _ -> ""),
                _ -> {
                    throw new IllegalStateException("secret");
                });
        var reply = server.post("/v1/runs/" + ID + "/endpoints/boom", Json.object());
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.text()).contains("IllegalStateException").doesNotContain("secret");
    }

    @Test
    void aFailureOfTheRunTravelsAsItself() throws Exception {
        var run = server.run(ID, "pool");
        run.expose(
                Tool.of("give_up", "Fails.", Nothing.class, _ -> ""),
                _ -> {
                    throw new SkeinException(new RunFailure.GaveUp("no way"));
                });
        var reply = server.post("/v1/runs/" + ID + "/endpoints/give_up", Json.object());
        assertThat(json(reply).path("/failure/data/said").text()).isEqualTo("no way");
    }

    @Test
    void aSocketThatSomebodyLeftIsReplaced() throws Exception {
        var path = folder.resolve("left.sock");
        Files.writeString(path, "");
        try (var _ = ControlSocket.open(path, new Router(List.of()), Timekeeper.system());
                var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(channel.connect(UnixDomainSocketAddress.of(path))).isTrue();
        }
        assertThatThrownBy(() -> SocketChannel.open(UnixDomainSocketAddress.of(path)))
                .isNotInstanceOf(ConnectException.class);
    }

    @Test
    void aQuestionTwiceAtOnceIsAnsweredTwice() throws Exception {
        server.run(ID, "pool");
        var threads = new ArrayList<Thread>();
        var answers = new AtomicInteger();
        for (int i = 0; i < 40; i++)
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    if (server.get("/v1/runs").status() == 200)
                                        answers.incrementAndGet();
                                } catch (IOException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
        for (var thread : threads) assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
        assertThat(answers).hasValue(40);
    }
}
