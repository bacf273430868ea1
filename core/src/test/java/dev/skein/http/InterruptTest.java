package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.skein.policy.TransportLimits;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class InterruptTest {

    static Stream<Thread.Builder> threads() {
        return Stream.of(Thread.ofVirtual(), Thread.ofPlatform().daemon());
    }

    /**
     * What a thread that was interrupted ended with, and whether it was still interrupted after.
     */
    private record Ending(Throwable thrown, boolean flag) {}

    private static final class Interrupted {
        private final FutureTask<Ending> task;
        private final Thread thread;

        Interrupted(Thread.Builder make, Callable<?> work) {
            task =
                    new FutureTask<>(() -> {
                        var thrown = catchThrowable(work::call);
                        return new Ending(thrown, Thread.currentThread().isInterrupted());
                    });
            thread = make.start(task);
        }

        void interrupt() throws Exception {
            thread.interrupt();
            assertThat(task.get())
                    .satisfies(ending -> {
                        assertThat(ending.thrown()).isInstanceOf(InterruptedException.class);
                        assertThat(ending.flag()).isFalse();
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("threads")
    @Tag("AG-69")
    void waitingForTheFirstByteEnds(Thread.Builder make) throws Exception {
        try (var server = WireServer.start(WireServer.Visit::awaitEnd);
                var client = Client.open()) {
            var waiting = new Interrupted(make, () -> client.get(server.at("/")));
            server.awaitVisits(1);
            waiting.interrupt();
            server.awaitOpen(0);
        }
    }

    @ParameterizedTest
    @MethodSource("threads")
    @Tag("AG-69")
    void waitingForMoreOfTheBodyEnds(Thread.Builder make) throws Exception {
        try (var server =
                        WireServer.start(visit -> {
                            visit.send(WireServer.CHUNKED + WireServer.chunk("data: 1\n\n"));
                            visit.awaitEnd();
                        });
                var client = Client.open();
                var stream = client.stream(server.at("/"))) {
            var events = stream.events();
            assertThat(events.next()).isPresent();
            new Interrupted(make, events::next).interrupt();
            server.awaitOpen(0);
            assertThatThrownBy(events::next).isInstanceOf(TransportException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("threads")
    void waitingForTheConnectionEnds(Thread.Builder make) throws Exception {
        try (var full = new TimeLimitsTest.FullServer();
                var client = Client.open()) {
            new Interrupted(make, () -> client.get(full.uri())).interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource("threads")
    void waitingForAPlaceEnds(Thread.Builder make) throws Exception {
        var limits =
                TransportLimits.defaults()
                        .withConnections(TransportLimits.Connections.defaults().withOpen(1));
        try (var server = WireServer.answering("ok");
                var client = Client.open(limits);
                var held = client.stream(server.at("/"))) {
            assertThat(held.status()).isEqualTo(200);
            new Interrupted(make, () -> client.get(server.at("/"))).interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource("threads")
    void sendingToAServerThatDoesNotReadEnds(Thread.Builder make) throws Exception {
        try (var deaf = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
                var client = Client.open()) {
            var uri = URI.create("http://127.0.0.1:" + deaf.getLocalPort());
            var sending = new Interrupted(make, () -> client.post(uri, "x".repeat(30_000_000)));
            try (var taken = deaf.accept()) {
                assertThat(taken.getInputStream().read()).isEqualTo('P');
                sending.interrupt();
            }
        }
    }

    @Test
    void aThreadThatIsInterruptedAlreadySendsNothing() throws Exception {
        try (var server = WireServer.answering("ok");
                var client = Client.open()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.get(server.at("/")))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(client.get(server.at("/")).text()).isEqualTo("ok");
            assertThat(server.visits()).hasSize(1);
        }
    }

    @Test
    void anInterruptAfterTheReplyStaysForTheNextToSee() throws Exception {
        try (var server = WireServer.answering("ok");
                var client = Client.open()) {
            var stream = client.stream(server.at("/"));
            stream.readAll();
            Thread.currentThread().interrupt();
            stream.close();
            assertThat(Thread.interrupted()).isTrue();
            client.get(server.at("/"));
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    @Tag("AG-69")
    void hundredsOfInterruptsAtAnyMomentLeaveTheTransportWhole() throws Exception {
        try (var server = WireServer.answering("ok");
                var client = Client.open()) {
            for (int i = 0; i < 400; i++) {
                var task = new FutureTask<>(() -> client.get(server.at("/")).text());
                var thread = Thread.ofVirtual().start(task);
                for (int spin = 0; spin < i * 5; spin++) {
                    Thread.onSpinWait();
                }
                thread.interrupt();
                thread.join();
                if (task.state() == Future.State.SUCCESS) {
                    assertThat(task.resultNow()).isEqualTo("ok");
                } else {
                    assertThat(task.exceptionNow()).isInstanceOf(InterruptedException.class);
                }
            }
            assertThat(client.get(server.at("/")).text()).isEqualTo("ok");
            client.transport().close();
            server.awaitOpen(0);
        }
    }
}
