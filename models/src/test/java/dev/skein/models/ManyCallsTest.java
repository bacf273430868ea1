package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.model.DeltaListener;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Fault.Mangling;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import dev.skein.testkit.Seen.Said;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three calls in one answer, with ids that are as they should be or not. */
class ManyCallsTest {
    private static final List<Mangling> IDS =
            List.of(
                    Mangling.TINY_FRAGMENTS,
                    Mangling.NO_CALL_ID,
                    Mangling.EMPTY_CALL_ID,
                    Mangling.SAME_CALL_ID,
                    Mangling.CHANGING_IDS);
    private static final List<String> BIRDS = List.of("geese", "swans", "ducks");

    record Look(String what) {}

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "mistral", "ollama", "bedrock"})
    @Tag("AG-45")
    @Tag("AG-58")
    void eachIsCarriedOutOnceAndAnsweredInItsPlace(String wire) throws Exception {
        var wrong = new ArrayList<String>();
        for (var how : IDS)
            for (boolean streamed : new boolean[] {false, true}) {
                var told = told(wire, how, streamed);
                if (!told.isEmpty()) wrong.add(how + (streamed ? " streamed: " : ": ") + told);
            }
        assertThat(wrong).isEmpty();
    }

    /** What is wrong with a run whose first answer goes wrong like that; empty if nothing is. */
    private static String told(String wire, Mangling how, boolean streamed) throws Exception {
        Queue<String> looked = new ConcurrentLinkedQueue<>();
        var look =
                Tool.of("look", "Looks", Look.class, asked -> found(asked.what(), looked))
                        .effect(Effect.READ_ONLY);
        var agent = ModelAgent.of("atlas").withModel(wire + ":test-1").withTools("look");
        try (var loopback = new Loopback(wire)) {
            var calls = BIRDS.stream().map(what -> Piece.call("look", Map.of("what", what)));
            loopback.wire().replies(Reply.of(calls.toArray(Piece[]::new))).replies("Three.");
            loopback.wire().at(1, new Fault.Mangle(how));
            var environment = Environment.of(loopback.provider().environment());
            var config = RuntimeConfig.of(agent).withTools(look).withEnvironment(environment);
            DeltaListener listener = streamed ? ManyCallsTest::hear : DeltaListener.none();
            try (var runtime = AgentRuntime.open(config)) {
                var result = runtime.run(agent, Task.of("go"), listener);
                if (!result.isCompleted()) return result.toString();
            }
            if (!looked.stream().sorted().toList().equals(BIRDS.stream().sorted().toList()))
                return "looked at " + looked;
            return wrong(loopback.wire().seen().getLast().said());
        }
    }

    private static void hear(Object delta) {
        assertThat(delta).isNotNull();
    }

    private static String found(String what, Queue<String> looked) {
        looked.add(what);
        return "many " + what;
    }

    /** What is wrong with the conversation that the provider is sent next. */
    private static String wrong(List<Said> said) {
        var calls = said.stream().flatMap(one -> one.calls().stream()).toList();
        var results = said.stream().filter(one -> one.role().equals("tool")).toList();
        if (calls.size() != BIRDS.size() || results.size() != BIRDS.size()) return said.toString();
        for (int i = 0; i < BIRDS.size(); i++) {
            var call = calls.get(i);
            var named = call.id().isEmpty() ? call.tool() : call.id();
            boolean right =
                    call.arguments().get("what").text().equals(BIRDS.get(i))
                            && results.get(i).text().contains("many " + BIRDS.get(i))
                            && named.equals(results.get(i).answers());
            if (!right) return said.toString();
        }
        var ids = calls.stream().map(Piece.Call::id).filter(id -> !id.isEmpty()).toList();
        return ids.stream().distinct().count() == ids.size() ? "" : "ids " + ids;
    }
}
