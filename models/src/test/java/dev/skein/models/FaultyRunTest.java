package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.policy.Environment;
import dev.skein.policy.RetryRule;
import dev.skein.policy.TransportLimits;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Fault.Mangling;
import dev.skein.testkit.Fault.Point;
import dev.skein.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs of two turns, a call and an answer, whose first or second request goes wrong: each ends as
 * it must, asks no more than it must, and carries out the call once or not at all.
 */
class FaultyRunTest {
    private static final RetryRule AT_ONCE = new RetryRule(5, Duration.ZERO, Duration.ZERO);
    private static final TransportLimits USUAL = TransportLimits.defaults();
    private static final TransportLimits IMPATIENT =
            USUAL.withFirstByte(Duration.ofSeconds(2)).withIdle(Duration.ofSeconds(2));
    private static final Map<String, Fault> FAULTS = faults();
    private static final Set<String> TWO_ASKED = Set.of("2 completed");
    private static final Set<String> TRIED_AGAIN = Set.of("3 completed");

    record Look(String what) {}

    /** What came of a run, and how often the tool and the provider were asked. */
    private record Outcome(String end, int looked, int asked) {}

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
    void aRunEndsAsItMust(String wire, boolean streamed) throws Exception {
        var wrong = new ArrayList<String>();
        for (var fault : FAULTS.entrySet())
            for (int position = 1; position <= 2; position++) {
                var outcome = run(wire, streamed, position, fault.getValue());
                var told = outcome.asked() + " " + outcome.end();
                int looks = looks(fault.getKey(), outcome, position);
                if (outcome.looked() != looks
                        || !allowed(fault.getKey(), wire, position).contains(told))
                    wrong.add(fault.getKey() + " at " + position + ": " + outcome);
            }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "mistral", "ollama", "bedrock"})
    @Tag("AG-48")
    @Tag("AG-68")
    void aRunThatIsKeptWaitingTriesAgain(String wire) throws Exception {
        var points =
                List.of(new Point.BeforeHeaders(), new Point.AfterHeaders(), new Point.Bytes(40));
        var works = new ArrayList<Callable<Outcome>>();
        for (var point : points)
            for (int position = 1; position <= 2; position++) {
                int at = position;
                var stall = new Fault.Stall(point, Fault.FOREVER);
                works.add(() -> run(wire, false, at, stall));
                works.add(() -> run(wire, true, at, stall));
            }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(works))
                assertThat(outcome.get()).isEqualTo(new Outcome("completed", 1, 3));
        }
    }

    /** How often the call must have been carried out. */
    private static int looks(String fault, Outcome outcome, int position) {
        boolean senseless = fault.startsWith("ARGUMENTS") && position == 1;
        boolean reached = position == 2 || outcome.end().equals("completed");
        return reached && !senseless ? 1 : 0;
    }

    private static Outcome run(String wire, boolean streamed, int position, Fault fault)
            throws InterruptedException {
        var looked = new ArrayList<String>();
        var agent = ModelAgent.of("atlas").withModel(wire + ":test-1").withTools("look");
        var look = Tool.of("look", "Looks", Look.class, asked -> looked.add(asked.what()));
        try (var loopback = new Loopback(wire)) {
            loopback.wire().calls("look", Map.of("what", "wild geese")).replies("Two geese.");
            loopback.wire().at(position, fault);
            var config =
                    RuntimeConfig.of(agent)
                            .withTools(look)
                            .withRetry(AT_ONCE)
                            .withTransport(fault instanceof Fault.Stall ? IMPATIENT : USUAL)
                            .withEnvironment(Environment.of(loopback.provider().environment()));
            DeltaListener listener = streamed ? FaultyRunTest::hear : DeltaListener.none();
            try (var runtime = AgentRuntime.open(config)) {
                var result = runtime.run(agent, Task.of("go"), listener);
                return new Outcome(
                        end(result), looked.size(), (int) loopback.provider().ledger().asked());
            }
        }
    }

    private static void hear(Delta delta) {
        assertThat(delta).isNotNull();
    }

    private static String end(RunResult<?> result) {
        return switch (result) {
            case RunResult.Completed<?>(var output, _) ->
                    output.equals("Two geese.") ? "completed" : "completed with " + output;
            case RunResult.Failed<?>(var failure, _) -> failure.code();
            case RunResult.Canceled<?>(var reason, _) -> "canceled: " + reason;
        };
    }

    private static Map<String, Fault> faults() {
        var faults = new LinkedHashMap<String, Fault>();
        for (int status : List.of(400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 529))
            faults.put("status " + status, Fault.status(status));
        faults.put("quota", new Fault.Quota());
        faults.put("429 for no time", Fault.rateLimited(Duration.ZERO));
        faults.put("429 for too long", Fault.rateLimited(Duration.ofHours(1)));
        faults.put("close before headers", new Fault.CloseAfter(new Point.BeforeHeaders()));
        faults.put("close after headers", new Fault.CloseAfter(new Point.AfterHeaders()));
        faults.put("close after an event", new Fault.CloseAfter(new Point.Events(1)));
        faults.put("close in a character", new Fault.CloseAfter(new Point.InsideCharacter()));
        faults.put("error event", new Fault.ErrorEvent(1, ""));
        for (var how :
                List.of(
                        Mangling.TINY_FRAGMENTS,
                        Mangling.NO_CALL_ID,
                        Mangling.EMPTY_CALL_ID,
                        Mangling.CHANGING_IDS,
                        Mangling.NO_USAGE,
                        Mangling.ZERO_USAGE,
                        Mangling.UNKNOWN_FINISH,
                        Mangling.UNKNOWN_FIELDS,
                        Mangling.ARGUMENTS_CUT,
                        Mangling.ARGUMENTS_NOT_JSON,
                        Mangling.ARGUMENTS_TWICE)) faults.put(how.name(), new Fault.Mangle(how));
        return faults;
    }

    /** Requests and end; several where a wire or the way of asking makes the difference. */
    private static Set<String> allowed(String fault, String wire, int position) {
        if (fault.startsWith("ARGUMENTS")) return nonsense(wire, position);
        return switch (fault) {
            case "status 400", "status 404", "status 413", "status 422" ->
                    Set.of(position + " model.bad_request");
            case "status 401", "status 403" -> Set.of(position + " model.auth");
            case "status 402", "quota" -> Set.of(position + " model.quota");
            case "429 for too long" -> Set.of(position + " model.rate_limited");
            case "status 408", "status 429", "status 500", "status 502", "status 503" ->
                    TRIED_AGAIN;
            case "status 529", "429 for no time", "error event" -> TRIED_AGAIN;
            case "close before headers", "close after headers" -> TRIED_AGAIN;
            case "close after an event", "close in a character" -> TRIED_AGAIN;
            default -> TWO_ASKED;
        };
    }

    /** The tool is not entered; the model hears of it, unless its library cannot read it. */
    private static Set<String> nonsense(String wire, int position) {
        if (position == 2) return TWO_ASKED;
        boolean objects = Set.of("gemini", "ollama").contains(wire);
        return objects ? Set.of("1 model.bad_reply", "2 completed") : TWO_ASKED;
    }
}
