package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.Cursor;
import dev.skein.event.ToolEvent;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.ProviderTool;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import dev.skein.testkit.SkeinTest;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that the provider runs by itself. */
@SkeinTest
@Tag("AG-96")
class ProviderToolsTest {
    record Look(String what) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "anthropic:m; WEB_SEARCH; {\"type\":\"web_search_20250305\",\"name\":\"web_search\"}",
                "anthropic:m; WEB_FETCH; {\"type\":\"web_fetch_20250910\",\"name\":\"web_fetch\"}",
                "anthropic:m; CODE_EXECUTION;"
                        + " {\"type\":\"code_execution_20250825\",\"name\":\"code_execution\"}",
                "gemini:m; WEB_SEARCH; {\"googleSearch\":{}}",
                "gemini:m; WEB_FETCH; {\"urlContext\":{}}",
                "gemini:m; CODE_EXECUTION; {\"codeExecution\":{}}",
            })
    void aProviderIsToldOfItBehindTheAgentsTools(
            String model, ProviderTool tool, String said, FakeProvider provider) throws Exception {
        var sent = sent(model, tool, provider).get("tools").items();
        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst().canonical()).contains("look");
        assertThat(sent.getLast()).isEqualTo(Json.parse(said));
    }

    @Test
    void aModelOfOpenAisThatSearchesIsToldInAFieldOfItsOwn(FakeProvider provider) throws Exception {
        var sent = sent("openai:gpt-5-search-api", ProviderTool.WEB_SEARCH, provider);
        assertThat(sent.get("web_search_options")).isEqualTo(Json.object());
        assertThat(sent.get("tools").items()).hasSize(1);
    }

    private static Json sent(String model, ProviderTool tool, FakeProvider provider)
            throws InterruptedException {
        var wire = Loopback.wire(provider, model.substring(0, model.indexOf(':')));
        wire.replies("Two geese.");
        var agent =
                ModelAgent.of("atlas").withModel(model).withTools("look").withProviderTools(tool);
        assertThat(run(config(agent, provider), agent, Task.of("go")).isCompleted()).isTrue();
        return wire.seen().getLast().body();
    }

    @Test
    void aProviderIsToldOfItWhereTheAgentHasNoTools(FakeProvider provider) throws Exception {
        var agent = searching(provider);
        run(config(agent, provider), agent, Task.of("go"));
        assertThat(sentTools(provider)).hasSize(1);
    }

    @Test
    void aTaskWithoutToolsHasNoneOfTheProvidersEither(FakeProvider provider) throws Exception {
        var agent = searching(provider);
        run(config(agent, provider), agent, Task.of("go").toolless());
        assertThat(sentTools(provider)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deny", "ask"})
    void whatPolicyDoesNotSimplyAllowIsNotOffered(String word, FakeProvider provider)
            throws Exception {
        var agent = searching(provider);
        var policy = word.equals("deny") ? ToolPolicy.deny("web_*") : ToolPolicy.ask("web_search");
        var config = config(agent, provider);
        run(config.withPolicy(policy), agent, Task.of("go"));
        assertThat(sentTools(provider)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai:gpt-5-mini", "mistral:m", "ollama:m", "bedrock:m", "offline:m"})
    void openingFailsWhereAModelDoesNotHaveIt(String model, FakeProvider provider) {
        var agent = searching(provider).withModel(provider.anthropic().model("m"), model);
        assertThatThrownBy(() -> AgentRuntime.open(config(agent, provider)))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> {
                            assertThat(e.failure().code()).isEqualTo("invalid.config");
                            assertThat(((Invalid.Config) e.failure()).findings())
                                    .containsExactly(
                                            "agent 'atlas': model '"
                                                    + model
                                                    + "' has no web_search of its provider; it has:"
                                                    + " none");
                            assertThat(e.failure().remedy()).contains("Name a model", "leave it");
                        });
        assertThat(provider.seen()).isEmpty();
    }

    @Test
    void allFindingsAreSaidAtOnce(FakeProvider provider) {
        var painter =
                ModelAgent.of("painter")
                        .withModel(provider.gemini().model("m"))
                        .withProviderTools(
                                ProviderTool.IMAGE_GENERATION,
                                ProviderTool.FILE_SEARCH,
                                ProviderTool.WEB_SEARCH);
        var finder = searching(provider).withModel(provider.ollama().model("m"));
        var config =
                RuntimeConfig.of(painter, finder)
                        .withEnvironment(Environment.of(provider.environment()));
        assertThatThrownBy(() -> AgentRuntime.open(config))
                .hasMessageContaining("has no file_search, image_generation of its provider")
                .hasMessageContaining("it has: web_search, web_fetch, code_execution")
                .hasMessageContaining("agent 'atlas'");
    }

    @Test
    void aModelThatIsChosenLaterIsLookedAtBeforeItIsAsked(FakeProvider provider) throws Exception {
        var agent = ModelAgent.of("atlas").withProviderTools(ProviderTool.WEB_SEARCH);
        var variables = new HashMap<>(provider.environment());
        variables.put("SKEIN_MODEL", provider.ollama().model("m"));
        var config = RuntimeConfig.of(agent).withEnvironment(Environment.of(variables));
        assertThat(run(config, agent, Task.of("go")))
                .isInstanceOfSatisfying(
                        RunResult.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Invalid.Config.class));
        assertThat(provider.seen()).isEmpty();
    }

    @Test
    void whatAnthropicSaysThatItDidIsJournaled(FakeProvider provider) throws Exception {
        var agent =
                searching(provider)
                        .withProviderTools(ProviderTool.WEB_SEARCH, ProviderTool.CODE_EXECUTION);
        answer(
                provider,
                """
                {"type": "message", "id": "msg_1", "role": "assistant", "model": "m", "stop_reason": "end_turn",
                 "content": [
                   {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "geese"}},
                   {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": []},
                   {"type": "server_tool_use", "id": "srvtoolu_2", "name": "bash_code_execution", "input": {}},
                   {"type": "text", "text": "Two geese."}],
                 "usage": {"input_tokens": 10, "output_tokens": 5, "server_tool_use": {"web_search_requests": 1}}}
                """);
        assertThat(used(config(agent, provider), agent))
                .containsExactlyInAnyOrder(ProviderTool.WEB_SEARCH, ProviderTool.CODE_EXECUTION);
    }

    @Test
    void whatGeminiSaysThatItDidIsJournaled(FakeProvider provider) throws Exception {
        var agent =
                ModelAgent.of("atlas")
                        .withModel(provider.gemini().model("m"))
                        .withProviderTools(ProviderTool.WEB_SEARCH, ProviderTool.WEB_FETCH);
        answer(
                provider,
                """
                {"candidates": [{"finishReason": "STOP", "index": 0,
                   "content": {"role": "model", "parts": [{"text": "Two geese."}]},
                   "groundingMetadata": {"webSearchQueries": ["geese"]}}],
                 "usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15}}
                """);
        assertThat(used(config(agent, provider), agent)).containsExactly(ProviderTool.WEB_SEARCH);
    }

    private static void answer(FakeProvider provider, String body) {
        var raw = new Piece.Raw(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        provider.anthropic().replies(Reply.of(raw));
        provider.gemini().replies(Reply.of(raw));
    }

    private static ModelAgent<String> searching(FakeProvider provider) {
        return ModelAgent.of("atlas")
                .withModel(provider.anthropic().model("m"))
                .withProviderTools(ProviderTool.WEB_SEARCH);
    }

    private static List<Json> sentTools(FakeProvider provider) {
        return provider.anthropic().seen().getLast().body().get("tools").items();
    }

    private static RuntimeConfig config(ModelAgent<String> agent, FakeProvider provider) {
        return RuntimeConfig.of(agent)
                .withTools(Tool.of("look", "Looks", Look.class, Look::what))
                .withEnvironment(Environment.of(provider.environment()));
    }

    private static RunResult<String> run(RuntimeConfig config, ModelAgent<String> agent, Task task)
            throws InterruptedException {
        try (var runtime = AgentRuntime.open(config)) {
            return runtime.run(agent, task);
        }
    }

    private static Set<ProviderTool> used(RuntimeConfig config, ModelAgent<String> agent)
            throws InterruptedException {
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(agent, Task.of("go")).orThrow()).isEqualTo("Two geese.");
            try (var reader = runtime.journal().read(Cursor.start())) {
                return reader.first(
                                ToolEvent.ProviderToolsUsed.class,
                                _ -> true,
                                Duration.ofSeconds(30))
                        .orElseThrow()
                        .tools();
            }
        }
    }
}
