package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.ModelEvent;
import dev.skein.failure.SkeinException;
import dev.skein.json.Range;
import dev.skein.model.ChatModel;
import dev.skein.model.ModelInfo;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How models are named, and which one is asked. */
class ModelNameTest {
    private static final ModelAgent<String> ATLAS = ModelAgent.of("atlas");

    /** Knows every model, and which ones it was asked for. */
    private record Yard(String name, List<String> asked) implements Provider {
        @Override
        public ChatModel model(String model, ProviderContext context) {
            asked.add(model);
            return always(text("I am " + model));
        }
    }

    private final List<String> asked = new ArrayList<>();

    private RuntimeConfig config(Map<String, String> variables) {
        return RuntimeConfig.of(ATLAS)
                .withProviders(new Yard("yard", asked))
                .withEnvironment(Environment.of(variables));
    }

    @ParameterizedTest
    @CsvSource({
        "yard:qwen3:8b, qwen3:8b",
        "yard:a/b, a/b",
        "yard:us.anthropic.claude-v1:0, us.anthropic.claude-v1:0",
    })
    @Tag("AG-60")
    void aNameIsSplitAtItsFirstColon(String name, String model) throws Exception {
        try (var runtime = AgentRuntime.open(config(Map.of()))) {
            assertThat(runtime.run(ATLAS, Task.of("x").withModel(name)).orThrow())
                    .isEqualTo("I am " + model);
        }
        assertThat(asked).containsExactly(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Yard:x", "9:x", ":x", "yard:", "yard:a b", "yard:a\tb", "", "a b"})
    @Tag("AG-60")
    void aNameThatIsNoneIsRefusedWhereItIsSaid(String name) {
        var thrown = catchThrowableOfType(SkeinException.class, () -> ATLAS.withModel(name));
        assertThat(thrown.failure().code()).isEqualTo("invalid.spec");
        assertThat(thrown.failure().message()).contains("'" + name.strip());
    }

    @Test
    @Tag("AG-60")
    void namesHaveAtMostTwoHundredCharacters() {
        assertThat(ATLAS.withModel("yard:" + "x".repeat(200)).model().model()).isNotNull();
        var thrown =
                catchThrowableOfType(
                        SkeinException.class, () -> ATLAS.withModel("yard:" + "x".repeat(201)));
        assertThat(thrown.failure().code()).isEqualTo("invalid.spec");
    }

    @Test
    @Tag("AG-60")
    void withoutAColonItIsAConfiguredNameAndWhatIsUnknownNamesTheNearest() throws Exception {
        var config = config(Map.of()).withNamedModel("cheap", always(text("Cheap.")));
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(ATLAS, Task.of("x").withModel("cheap")).orThrow())
                    .isEqualTo("Cheap.");
            for (var near : Map.of("chaep", "cheap", "yrad:x", "yard:").entrySet()) {
                var failed = runtime.run(ATLAS, Task.of("x").withModel(near.getKey()));
                assertThat(failed).isInstanceOf(RunResult.Failed.class);
                var failure = ((RunResult.Failed<?>) failed).failure();
                assertThat(failure.code()).isEqualTo("missing.model");
                assertThat(failure.message() + failure.remedy()).contains(near.getValue());
            }
        }
    }

    @Test
    @Tag("AG-63")
    void theTaskIsBeforeTheAgentAndThatBeforeTheRuntimeAndThatBeforeTheEnvironment()
            throws Exception {
        var environment = Map.of("SKEIN_MODEL", "yard:environment", "OPENAI_API_KEY", "x");
        var agent = ATLAS.withModel("yard:agent");
        try (var runtime = AgentRuntime.open(config(environment).withModel("yard:runtime"))) {
            runtime.run(agent, Task.of("x").withModel("yard:task")).orThrow();
            runtime.run(agent, Task.of("x")).orThrow();
            runtime.run(ATLAS, Task.of("x")).orThrow();
            assertThat(Facts.all(runtime, ModelEvent.ModelChosen.class))
                    .containsExactly(
                            new ModelEvent.ModelChosen("yard:task", "the task names it"),
                            new ModelEvent.ModelChosen("yard:agent", "the agent names it"),
                            new ModelEvent.ModelChosen("yard:runtime", "RuntimeConfig names it"));
        }
        try (var runtime = AgentRuntime.open(config(environment))) {
            assertThat(runtime.chosenModel().model()).isEqualTo("yard:environment");
        }
    }

    @Test
    @Tag("AG-62")
    @Tag("AG-63")
    void thenTheFirstKeyThatIsThereDecides() throws Exception {
        var last = new LinkedHashMap<String, String>();
        last.put("OLLAMA_HOST", "http://127.0.0.1:1");
        chosen(last, "offline:auto", "no model key was found");
        last.put("AWS_REGION", "us-east-1");
        for (var key :
                List.of(
                        "AWS_ACCESS_KEY_ID bedrock:",
                        "OPENROUTER_API_KEY openrouter:",
                        "MISTRAL_API_KEY mistral:",
                        "GOOGLE_API_KEY gemini:",
                        "GEMINI_API_KEY gemini:",
                        "OPENAI_API_KEY openai:",
                        "ANTHROPIC_API_KEY anthropic:")) {
            var words = key.split(" ", 2);
            last.put(words[0], "a-key");
            chosen(last, words[1], words[0] + " is set");
        }
    }

    @Test
    @Tag("AG-63")
    @Tag("AG-65")
    void theOfflineModelOfTheFallbackIsAnotherThanTheOneThatIsNamed() throws Exception {
        var keyless = new HashMap<>(Map.of("OLLAMA_HOST", "http://127.0.0.1:1"));
        assertThat(callsOf(keyless)).containsExactly("look");
        keyless.put("SKEIN_MODEL", "offline:");
        assertThat(callsOf(keyless)).containsExactly("look", "put");
    }

    record Key(String name) {}

    record Value(@Range(min = 1, max = 3) int number) {}

    /** The tools that were really called, once each, for an answer that fits its type. */
    private static List<String> callsOf(Map<String, String> variables) throws Exception {
        var called = new ConcurrentLinkedQueue<String>();
        var agent = ModelAgent.of("atlas", Value.class).withTools("look", "put");
        var config =
                RuntimeConfig.of(agent)
                        .withEnvironment(Environment.of(variables))
                        .withTools(
                                Tool.of("look", "Looks.", Key.class, _ -> called.add("look"))
                                        .effect(Effect.READ_ONLY),
                                Tool.of("put", "Puts.", Key.class, _ -> called.add("put"))
                                        .effect(Effect.WRITE));
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(agent, Task.of("x")).orThrow().number()).isBetween(1, 3);
        }
        return called.stream().sorted().toList();
    }

    private void chosen(Map<String, String> variables, String model, String why)
            throws InterruptedException {
        try (var runtime = AgentRuntime.open(config(variables))) {
            var chosen = runtime.chosenModel();
            assertThat(chosen.model()).startsWith(model);
            assertThat(chosen.reason()).isEqualTo(why);
        }
    }

    @Test
    @Tag("AG-67")
    void theLimitOfTheAnswerIsAlwaysSent() throws Exception {
        var small =
                new ModelInfo("m", "test", 100_000, 700, EnumSet.noneOf(ModelInfo.Feature.class));
        for (var model : List.of(always(text("ok")), always(text("ok")).withInfo(small)))
            try (var runtime = AgentRuntime.open(RuntimeConfig.of(ATLAS).withModel(model))) {
                runtime.run(ATLAS, Task.of("x")).orThrow();
                var sent = model.calls().getFirst().settings().maxTokens();
                assertThat(sent).isPositive();
                if (model.info().equals(small)) assertThat(sent).isEqualTo(700);
            }
    }
}
