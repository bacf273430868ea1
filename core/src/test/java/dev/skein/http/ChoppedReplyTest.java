package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random replies, some of them damaged, mean the same however the network cuts them. */
@Timeout(120)
class ChoppedReplyTest {
    private static final int RUNS = 10_000;

    private final Timekeeper time = Timekeeper.system();
    private final Watchdog watchdog = Watchdog.start(time, () -> {});
    private final Parking parking = new Parking(time);

    @AfterEach
    void stop() {
        watchdog.stop();
    }

    @Test
    void meansTheSameAsTheWholeOne() throws Exception {
        long seed = new Random().nextLong();
        for (int run = 0; run < RUNS; run++) {
            var random = new Random(seed + run);
            var reply = SampleReply.of(random);
            var bytes = reply.bytes();
            var whole = read(new Chopped(bytes, bytes.length, new Random(1)), reply.how());
            assertThat(whole).as("seed %d", seed + run).isEqualTo(reply.meaning());

            boolean damaged = random.nextInt(3) == 0;
            var sent = damaged ? damage(bytes, random) : bytes;
            var once = damaged ? read(new Chopped(sent, sent.length, random), reply.how()) : whole;
            if (reply.how() == SampleReply.How.EVENTS_SOME_KNOWN) {
                var unknown = read(new Chopped(sent, 40, random), SampleReply.How.EVENTS);
                assertThat(once).as("seed %d, all unknown", seed + run).isEqualTo(unknown);
            }
            for (int most : new int[] {1, 3, 40}) {
                assertThat(read(new Chopped(sent, most, random), reply.how()))
                        .as("seed %d, pieces of at most %d", seed + run, most)
                        .isEqualTo(once);
            }
        }
    }

    private static byte[] damage(byte[] bytes, RandomGenerator random) {
        var damaged =
                random.nextBoolean()
                        ? bytes.clone()
                        : Arrays.copyOf(bytes, random.nextInt(bytes.length));
        for (int i = 0; damaged.length > 0 && i < 1 + random.nextInt(3); i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    /** What came out: status, headers and content, or the kind of the failure. */
    private String read(InputStream in, SampleReply.How how) throws Exception {
        var request = Request.get(URI.create("http://127.0.0.1/"), Map.of());
        long deadline = time.nanos() + Duration.ofMinutes(1).toNanos();
        var line = Line.open(watchdog, request, TransportException.Kind.CONNECT, deadline);
        var limits = TransportLimits.defaults();
        var connection = new Connection(line, in, OutputStream.nullOutputStream(), limits);
        var pool = new Pool(limits.connections(), parking);
        pool.enter(request, deadline);
        var out = new StringBuilder();
        connection.begin(request, deadline);
        try {
            var head = head(connection);
            var lease = new Lease(connection, pool);
            try (var stream =
                    new ReplyStream(
                            lease, head, Body.of(head, request, connection), limits.sizes())) {
                out.append(stream.status()).append(stream.headers().all()).append('|');
                content(stream, how, out);
            }
        } catch (TransportException e) {
            out.append(e.kind());
        } finally {
            line.close();
        }
        return out.toString();
    }

    private static ReplyHead head(Connection connection)
            throws TransportException, InterruptedException {
        try {
            return connection.head();
        } catch (IOException e) {
            throw connection.line().explain(e);
        }
    }

    private static void content(ReplyStream stream, SampleReply.How how, StringBuilder out)
            throws Exception {
        switch (how) {
            case ALL -> out.append(Arrays.hashCode(stream.readAll()));
            case EVENTS -> {
                var events = stream.events();
                boolean more = isNext(events, out);
                while (more) {
                    more = isNext(events, out);
                }
            }
            case EVENTS_SOME_KNOWN -> {
                var events = stream.events();
                var known = new PlainEvents(out);
                boolean more;
                do {
                    int before = known.known();
                    boolean passed = events.pass(known);
                    assertThat(passed).isEqualTo(known.known() > before);
                    more = passed || isNext(events, out);
                } while (more);
            }
            case LINES -> {
                var lines = stream.lines();
                for (var next = lines.next(); next.isPresent(); next = lines.next()) {
                    out.append('[').append(next.get()).append(']');
                }
            }
        }
    }

    private static boolean isNext(ServerEvents events, StringBuilder out) throws Exception {
        var next = events.next();
        next.ifPresent(out::append);
        return next.isPresent();
    }
}
