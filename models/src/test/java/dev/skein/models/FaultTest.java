package dev.skein.models;

import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.with;
import static dev.skein.models.Loopback.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.policy.TransportLimits;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every fault that there is on every wire, and what may come of it: nothing else, and never the key
 * in any text.
 */
class FaultTest {
    private static final TransportLimits USUAL =
            TransportLimits.defaults()
                    .withSizes(
                            TransportLimits.Sizes.defaults().withBody(1 << 20).withStream(4 << 20));
    private static final TransportLimits IMPATIENT =
            USUAL.withFirstByte(Duration.ofMillis(300)).withIdle(Duration.ofMillis(300));
    private static final Reply CALLS =
            Reply.of(
                    new Piece.Text("Grüße, Grüße, Grüße, and so on: "),
                    Piece.call("weather", Json.object("city", "Köln am Rhein")));

    @ParameterizedTest
    @CsvSource({
        "openai, false", "openai, true",
        "anthropic, false", "anthropic, true",
        "gemini, false", "gemini, true",
        "mistral, false", "mistral, true",
        "ollama, false", "ollama, true",
        "bedrock, false", "bedrock, true",
    })
    @Tag("AG-48")
    @Tag("AG-58")
    @Tag("AG-62")
    void everyFaultIsAFailureOfItsKindOrNone(String wire, boolean streamed) throws Exception {
        var wrong = new ArrayList<String>();
        var silent = new ArrayList<Callable<String>>();
        for (var fault : Fault.all().entrySet()) {
            if (Outcomes.of(fault.getKey(), wire, streamed).isEmpty()) continue;
            Callable<String> work = () -> wrong(wire, streamed, fault);
            if (fault.getValue() instanceof Fault.Stall) silent.add(work);
            else wrong.add(work.call());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var told : threads.invokeAll(silent)) wrong.add(told.get());
        }
        assertThat(wrong).hasSizeGreaterThan(50);
        wrong.removeIf(String::isEmpty);
        assertThat(wrong).isEmpty();
    }

    /** What came of that fault, if it may not; empty if it may. */
    private static String wrong(String wire, boolean streamed, Map.Entry<String, Fault> fault)
            throws InterruptedException {
        try (var loopback =
                new Loopback(wire)
                        .within(fault.getValue() instanceof Fault.Stall ? IMPATIENT : USUAL)) {
            loopback.wire().replies(CALLS, CALLS).every(1, fault.getValue());
            var asked = Asked.of(loopback.model(), with(call("go"), WEATHER), streamed);
            var key = loopback.wire().key();
            boolean leaks = !key.isEmpty() && asked.everything().contains(key);
            boolean allowed = Outcomes.of(fault.getKey(), wire, streamed).contains(asked.code());
            return allowed && !leaks ? "" : fault.getKey() + ": " + asked.everything();
        }
    }
}
