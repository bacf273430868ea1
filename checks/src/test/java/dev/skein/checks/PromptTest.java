package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.Instructions;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.Preamble;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.failure.Invalid;
import dev.skein.json.Json;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.testkit.ManualClock;
import dev.skein.tool.Tool;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an agent is told about itself. */
class PromptTest {
    record Nothing() {}

    private static final Instant LATE = Instant.parse("2026-03-01T23:59:00Z");
    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas");

    private final ManualClock clock = ManualClock.at(LATE);
    private final ScriptedModel model = always(text("ok"));

    private AgentRuntime runtime(Tool... tools) {
        return AgentRuntime.open(
                RuntimeConfig.of(AGENT)
                        .withModel(model)
                        .withTools(tools)
                        .withClock(clock)
                        .withZone(ZoneOffset.UTC));
    }

    private String told(int call) {
        return model.calls().get(call).messages().getFirst().text();
    }

    @Test
    @Tag("AG-20")
    void verbatimInstructionsAreSentExactly() throws Exception {
        try (var runtime = runtime()) {
            runtime.run(AGENT.withInstructions("  Say {{today}} \n"), Task.of("x")).orThrow();
        }
        assertThat(told(0)).isEqualTo("  Say {{today}} \n");
    }

    @Test
    @Tag("AG-20")
    void aPersonaIsToldTheDateOfEachRun() throws Exception {
        try (var runtime = runtime()) {
            runtime.run(AGENT, Task.of("x")).orThrow();
            clock.advance(Duration.ofMinutes(2));
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        assertThat(told(0)).contains("atlas", "2026-03-01");
        assertThat(told(1)).contains("2026-03-02");
    }

    @Test
    @Tag("AG-20")
    void onlyOfferedToolsAreNamed() throws Exception {
        var one = Tool.of("alpha", "First tool", Nothing.class, _ -> "");
        var two = Tool.of("beta", "Second tool", Nothing.class, _ -> "");
        try (var runtime = runtime(two, one)) {
            runtime.run(AGENT, Task.of("x")).orThrow();
            runtime.run(AGENT.withTools("alpha", "beta"), Task.of("x")).orThrow();
            runtime.run(AGENT.withTools("alpha", "beta"), Task.of("x")).orThrow();
        }
        assertThat(told(0)).doesNotContain("tools");
        assertThat(told(1)).contains("- alpha: First tool\n- beta: Second tool");
        assertThat(told(2)).isEqualTo(told(1));
    }

    @Test
    @Tag("AG-21")
    void aTemplateIsFilledOnceAndTheTasksVariablesWin() throws Exception {
        var template =
                new Instructions.Template(
                        "{{agent}} {{today}} {{namespace}} {{var.k}} {{var.d}} {{{{x}}",
                        Map.of("k", "agent's", "d", "default"));
        try (var runtime = runtime()) {
            var task =
                    Task.of("x")
                            .under(Namespace.of("acme"))
                            .withVariables(Map.of("k", "{{today}}"));
            runtime.run(AGENT.withInstructions(template), task).orThrow();
        }
        assertThat(told(0)).isEqualTo("atlas 2026-03-01 acme {{today}} default {{x}}");
    }

    @Test
    @Tag("AG-21")
    void aVariableThatNobodyGivesIsInvalidInput() throws Exception {
        try (var runtime = runtime()) {
            var result =
                    runtime.run(
                            AGENT.withInstructions(
                                    new Instructions.Template("{{var.k}}", Map.of())),
                            Task.of("x"));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure()).isInstanceOf(Invalid.Input.class));
            assertThat(model.calls()).isEmpty();
        }
    }

    @Test
    @Tag("AG-21")
    void aTemplateReadsTheSessionsMetadata() throws Exception {
        var bob = Namespace.of("bob");
        try (var runtime = runtime()) {
            runtime.sessions()
                    .append(
                            new SessionKey(bob, "atlas"),
                            0,
                            new SessionChange(List.of(), Map.of("name", Json.of("Bob")), LATE));
            runtime.run(
                            AGENT.withInstructions(
                                    new Instructions.Template(
                                            "Speak to {{session.name}}.", Map.of())),
                            Task.of("x").in(bob))
                    .orThrow();
        }
        assertThat(told(0)).isEqualTo("Speak to Bob.");
    }

    @Test
    @Tag("AG-20")
    void generatedInstructionsNameTheChannelAndHaveTheSectionsOfThePreamble() throws Exception {
        var model = always(text("ok"));
        var agent = ModelAgent.of("Atlas").withPersona("patient");
        var preamble =
                Preamble.standard()
                        .withChannel("the telephone")
                        .withSections(new Preamble.Section("House rules", "Never shout."));
        try (var runtime =
                AgentRuntime.open(
                        RuntimeConfig.of(agent).withModel(model).withPreamble(preamble))) {
            runtime.run(agent, Task.of("x")).orThrow();
            assertThat(model.calls().getFirst().messages().getFirst().text())
                    .contains("You are speaking through the telephone.")
                    .endsWith("House rules:\nNever shout.");
            runtime.run(agent.withInstructions("Only this."), Task.of("x")).orThrow();
            assertThat(model.calls().getLast().messages().getFirst().text())
                    .isEqualTo("Only this.");
        }
    }
}
