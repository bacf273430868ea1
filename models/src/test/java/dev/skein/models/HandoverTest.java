package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.model.DeltaListener;
import dev.skein.policy.Environment;
import dev.skein.policy.RetryRule;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import dev.skein.testkit.Seen.Said;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that begin at one provider and go on at another. */
class HandoverTest {
    private static final RetryRule AT_ONCE = new RetryRule(2, Duration.ZERO, Duration.ZERO);
    private static final List<String> WIRES =
            List.of("openai", "anthropic", "gemini", "mistral", "ollama", "bedrock");
    private static final Reply CALLS =
            Reply.of(
                    new Piece.Reasoning("hm"),
                    new Piece.Text("Let me look."),
                    Piece.call("look", Map.of("what", "geese")),
                    Piece.call("look", Map.of("what", "swans")));

    record Look(String what) {}

    /** The messages are the same, whoever made the calls in them. */
    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "mistral", "ollama", "bedrock"})
    @Tag("AG-50")
    void everyProviderGoesOnWhereAnotherBegan(String first) throws Exception {
        var wrong = new ArrayList<String>();
        try (var provider = FakeProvider.start()) {
            for (var second : WIRES)
                for (boolean streamed : new boolean[] {false, true})
                    if (!second.equals(first)) {
                        var told = handOver(provider, first, second, streamed);
                        if (!told.isEmpty()) wrong.add(second + " " + streamed + ": " + told);
                    }
        }
        assertThat(wrong).isEmpty();
    }

    private static String handOver(
            FakeProvider provider, String first, String second, boolean streamed)
            throws InterruptedException {
        var from = Loopback.wire(provider, first);
        var to = Loopback.wire(provider, second);
        from.script(_ -> CALLS).at(from.seen().size() + 2, Fault.status(402));
        to.script(_ -> Reply.text("Both are there."));
        var agent =
                ModelAgent.of("atlas")
                        .withModel(first + ":test-1", second + ":test-1")
                        .withTools("look");
        DeltaListener listener = streamed ? HandoverTest::hear : DeltaListener.none();
        try (var runtime = AgentRuntime.open(config(agent, provider))) {
            var result = runtime.run(agent, Task.of("go"), listener);
            if (!result.isCompleted() || !result.work().model().equals(second + ":test-1"))
                return result.toString();
        }
        var results = to.seen().getLast().results();
        return results.equals(List.of("seen geese", "seen swans")) ? "" : results.toString();
    }

    private static void hear(Object delta) {
        assertThat(delta).isNotNull();
    }

    private static RuntimeConfig config(ModelAgent<?> agent, FakeProvider provider) {
        var look =
                Tool.of("look", "Looks", Look.class, asked -> "seen " + asked.what())
                        .effect(Effect.READ_ONLY);
        return RuntimeConfig.of(agent)
                .withTools(look)
                .withRetry(AT_ONCE)
                .withEnvironment(Environment.of(provider.environment()));
    }

    @Test
    @Tag("AG-49")
    @Tag("AG-50")
    void aProviderThatIsDownIsLeftAloneAndOthersAnswer() throws Exception {
        try (var provider = FakeProvider.start()) {
            provider.bedrock().every(1, Fault.status(503));
            provider.ollama().script(_ -> Reply.text("Here."));
            var agent = ModelAgent.of("atlas").withModel("bedrock:test-1", "ollama:test-1");
            try (var runtime = AgentRuntime.open(config(agent, provider))) {
                for (int i = 0; i < 10; i++)
                    assertThat(runtime.run(agent, Task.of("go")).orThrow()).isEqualTo("Here.");
            }
            // Two tries a run, until five failures in a row have shut it.
            assertThat(provider.bedrock().seen()).hasSize(5);
            assertThat(provider.ollama().seen())
                    .hasSize(10)
                    .allSatisfy(seen ->
                            assertThat(seen.said()).extracting(Said::text).containsSequence("go"));
        }
    }
}
