package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.Agent;
import dev.skein.agent.Concurrency;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.ModelChoice;
import dev.skein.agent.Task;
import dev.skein.failure.Conflict;
import dev.skein.failure.Invalid;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Control;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.SessionStore;
import dev.skein.tool.Toolset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Opening a runtime: which agents it has, what is refused, what is asked of factories. */
class AgentSetTest {
    private static final ModelAgent<String> ATLAS = ModelAgent.of("Atlas");

    private static RuntimeConfig config(Agent<?>... agents) {
        return RuntimeConfig.of(agents).withModel(always(text("hello")));
    }

    @Test
    @Tag("AG-04")
    void theFirstAgentIsTheDefaultWhateverTheAlphabetSays() throws Exception {
        var asked = ScriptedModel.always(text("me"));
        var second = ModelAgent.of("SecondBot").withInstructions("second");
        try (var runtime =
                AgentRuntime.open(config(second, ModelAgent.of("FirstBot")).withModel(asked))) {
            assertThat(runtime.run(Task.of("who?")).orThrow()).isEqualTo(Json.of("me"));
            assertThat(asked.calls().getFirst().messages().getFirst().text()).isEqualTo("second");
        }
    }

    @Test
    @Tag("AG-03")
    void anAgentIsFoundUnderItsNameInAnyCase() throws Exception {
        try (var runtime = AgentRuntime.open(config(ATLAS))) {
            assertThat(runtime.find("ATLAS").orElseThrow()).isEqualTo(ATLAS);
            assertThat(runtime.run("atlas", Task.of("x")).orThrow()).isEqualTo(Json.of("hello"));
        }
    }

    @Test
    @Tag("AG-04")
    void aSetWithoutAgentsIsRefused() {
        assertThatThrownBy(() -> AgentRuntime.open(RuntimeConfig.of()))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("at least one agent");
    }

    @Test
    @Tag("AG-02")
    void namesThatDifferOnlyInCaseAreRefusedWithBothSpellings() {
        assertThatThrownBy(() -> AgentRuntime.open(config(ATLAS, ModelAgent.of("ATLAS"))))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e ->
                                assertThat(e.failure())
                                        .isEqualTo(new Conflict.Name("agents", "Atlas", "ATLAS")));
    }

    @Test
    void anUnknownAgentIsNamedWithTheKnownAndTheNearest() {
        try (var runtime = AgentRuntime.open(config(ATLAS, ModelAgent.of("CodeBot")))) {
            assertThatThrownBy(() -> runtime.run("codebt", Task.of("x")))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> {
                                assertThat(e.failure())
                                        .isEqualTo(
                                                new Missing.Agent(
                                                        "codebt", List.of("Atlas", "CodeBot")));
                                assertThat(e.failure().remedy()).contains("CodeBot");
                            });
        }
    }

    @Test
    @Tag("AG-02")
    void everyDefectOfAConfigurationIsNamedAtOnceAndNothingStaysOpen() {
        var closed = new AtomicBoolean(true);
        var config =
                config(
                                ModelAgent.of("a").withModel("nobody"),
                                ModelAgent.of("b")
                                        .withModel(
                                                ModelChoice.ofRuntime()
                                                        .withConcurrency(
                                                                new Concurrency.Shared("none"))))
                        .withGroup("empty", 0)
                        .withStores(
                                new RuntimeConfig.Stores(
                                        null,
                                        () -> {
                                            closed.set(false);
                                            return SessionStore.inMemory();
                                        },
                                        outOfRange()));
        assertThatThrownBy(() -> AgentRuntime.open(config))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> {
                            assertThat(((Invalid.Config) e.failure()).findings()).hasSize(8);
                            assertThat(e.failure().message())
                                    .contains("nobody", "none", "empty")
                                    .contains("age", "bytes", "endpointWait", "peerRate", "grace");
                        });
        assertThat(closed).isTrue();
    }

    private static Control outOfRange() {
        return Control.standard()
                .withRetention(new Control.Retention(Duration.ofDays(-1), -1))
                .withEndpointWait(Duration.ZERO)
                .withPeerRate(0)
                .withGrace(Duration.ofHours(25));
    }

    @Test
    @Tag("AG-05")
    void factoriesAreAskedOncePerAgentInOrder() throws Exception {
        var asked = new ArrayList<String>();
        var config =
                config(ATLAS, ModelAgent.of("CodeBot"))
                        .withTools(agent -> {
                            asked.add("tools " + agent.name());
                            return Toolset.empty();
                        })
                        .withInterceptors(agent -> {
                            asked.add("interceptors " + agent.name());
                            return List.of();
                        });
        try (var runtime = AgentRuntime.open(config)) {
            for (int i = 0; i < 3; i++) runtime.run(ATLAS, Task.of("x")).orThrow();
        }
        assertThat(asked)
                .containsExactly(
                        "tools Atlas",
                        "interceptors Atlas",
                        "tools CodeBot",
                        "interceptors CodeBot");
    }

    @Test
    @Tag("AG-05")
    void aFactoryThatThrowsIsNamedWithItsAgent() {
        var config =
                config(ATLAS)
                        .withTools(_ -> {
                            throw new IllegalStateException("no database");
                        });
        assertThatThrownBy(() -> AgentRuntime.open(config))
                .hasMessageContaining("tools")
                .hasMessageContaining("'Atlas'")
                .hasMessageContaining("no database");
    }

    @Test
    @Tag("AG-05")
    void aFactoryOfInterceptorsThatThrowsIsNamedWithItsAgent() {
        var config =
                config(ModelAgent.of("CodeBot"), ATLAS)
                        .withInterceptors(agent -> {
                            if (agent.name().equals("Atlas"))
                                throw new IllegalStateException("no license");
                            return List.of();
                        });
        assertThatThrownBy(() -> AgentRuntime.open(config))
                .hasMessageContaining("interceptors")
                .hasMessageContaining("'Atlas'")
                .hasMessageContaining("no license");
    }

    @Test
    @Tag("AG-63")
    void theTasksModelBeatsTheAgentsAndThatTheRuntimes() throws Exception {
        var config =
                config(ATLAS)
                        .withModel(always(text("runtime")))
                        .withNamedModel("X", always(text("agent")))
                        .withNamedModel("Y", always(text("task")));
        var withModel = ATLAS.withModel("X");
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(ATLAS, Task.of("x")).orThrow()).isEqualTo("runtime");
            assertThat(runtime.run(withModel, Task.of("x")).orThrow()).isEqualTo("agent");
            assertThat(runtime.run(withModel, Task.of("x").withModel("Y")).orThrow())
                    .isEqualTo("task");
        }
    }

    @Test
    @Tag("AG-01")
    void changingACollectionAfterPassingItChangesNothing() {
        var metadata = new java.util.HashMap<>(Map.of("k", "v"));
        var task = Task.of("x").withMetadata(metadata);
        metadata.put("k", "w");
        assertThat(task).isEqualTo(Task.of("x").withMetadata(Map.of("k", "v")));
    }

    @Test
    void aDefinitionThatIsWrongSaysEverythingThatIsWrongWithIt() {
        assertThatThrownBy(() ->
                        new ModelAgent<>(
                                "1 bad name",
                                new dev.skein.agent.Instructions.Template("{{nobody}}", Map.of()),
                                ATLAS.contract(),
                                ATLAS.model(),
                                ATLAS.tools(),
                                ATLAS.context(),
                                ATLAS.rules()))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> assertThat(((Invalid.Spec) e.failure()).findings()).hasSize(2));
    }
}
