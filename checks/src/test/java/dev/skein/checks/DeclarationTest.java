package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.Message;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolMethod;
import dev.skein.tool.ToolSpec;
import dev.skein.tool.Toolset;
import dev.skein.tool.ToolsetContext;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tool must say of itself. */
@Tag("AG-90")
class DeclarationTest {
    record Nothing() {}

    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas").withTools("look");

    private static Tool tool(String name, String description) {
        return Tool.of(name, description, Nothing.class, _ -> name);
    }

    private static RuntimeConfig config(ChatModel model, Toolset tools) {
        return RuntimeConfig.of(AGENT).withModel(model).withTools(_ -> tools);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1look", "_look", "-look", "look up", "löok", "look.up", "a\n"})
    void aNameThatProvidersWouldRefuseIsRefused(String name) {
        var refused = catchThrowableOfType(SkeinException.class, () -> tool(name, "Looks"));
        assertThat(refused.failure().code()).isEqualTo("invalid.tool");
        assertThat(refused.failure().remedy()).isNotBlank();
    }

    @Test
    void namesAndDescriptionsHaveALength() {
        assertThat(tool("l".repeat(64), "x".repeat(4_096)).spec().name()).hasSize(64);
        for (var wrong :
                List.<Runnable>of(
                        () -> tool("l".repeat(65), "Looks"),
                        () -> tool("look", " "),
                        () -> tool("look", "x".repeat(4_097)))) {
            var refused = catchThrowableOfType(SkeinException.class, wrong::run);
            assertThat(refused.failure().code()).isEqualTo("invalid.tool");
        }
    }

    @Test
    void twoFixedToolsOfOneNameAreRefusedWhenTheRuntimeOpens() {
        var twice = Toolset.of(tool("look", "Looks"), tool("look", "Looks too"));
        var refused =
                catchThrowableOfType(
                        SkeinException.class,
                        () -> AgentRuntime.open(config(always(text("x")), twice)).close());
        assertThat(refused.failure()).isEqualTo(new Conflict.Name("tools", "look", "look"));
    }

    /** A source that nobody knows before it is asked. */
    private record Elsewhere(List<Tool> listed) implements Toolset {
        @Override
        public String name() {
            return "elsewhere";
        }

        @Override
        public List<Tool> tools(ToolsetContext context) {
            return listed;
        }
    }

    @Test
    void twoToolsOfOneNameFromElsewhereEndTheRunBeforeAnyModelCall() throws Exception {
        var model = always(text("x"));
        var twice = new Elsewhere(List.of(tool("look", "Looks"), tool("look", "Looks too")));
        try (var runtime = AgentRuntime.open(config(model, twice))) {
            assertThat(runtime.run(AGENT, Task.of("x")))
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isEqualTo(new Conflict.Name("tools", "look", "look")));
        }
        assertThat(model.calls()).isEmpty();
    }

    /** A program's own class. */
    public static final class Geese {
        @ToolMethod(
                value = "Counts geese.",
                name = "look",
                effect = Effect.READ_ONLY,
                labels = "private")
        public String countThem(String place, int most, ToolContext context) {
            return context.agent() + " saw " + most + " in " + place;
        }
    }

    @Test
    void aMethodIsKnownByItsDeclaredNameAndGetsItsContext() throws Exception {
        var model =
                ScriptedModel.of(
                        call("look", Json.object("place", "Kiel", "most", 7)), text("done"));
        var geese = Toolset.methodsOf(new Geese());
        try (var runtime = AgentRuntime.open(config(model, geese))) {
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        assertThat(model.calls().getFirst().tools())
                .singleElement()
                .satisfies(spec -> {
                    assertThat(spec.name()).isEqualTo("look");
                    assertThat(spec.effect()).isEqualTo(Effect.READ_ONLY);
                    assertThat(spec.labels()).containsExactly("private");
                    assertThat(spec.input().schema().path("/properties").fields())
                            .containsOnlyKeys("place", "most");
                });
        var results = (Message.Results) model.calls().get(1).messages().getLast();
        assertThat(results.results().getFirst().text()).isEqualTo("atlas saw 7 in Kiel");
    }

    @Test
    void aToolIsWriteUnlessItSaysOtherwise() {
        assertThat(List.of(tool("look", "Looks"), tool("drop", "Drops")))
                .extracting(Tool::spec)
                .extracting(ToolSpec::effect)
                .containsOnly(Effect.WRITE);
    }
}
