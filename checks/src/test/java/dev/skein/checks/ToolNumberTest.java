package dev.skein.checks;

import static dev.skein.checks.Flows.codeOf;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.agent.ToolAccess;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import dev.skein.tool.Toolset;
import dev.skein.tool.ToolsetContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many tools an agent may have. */
class ToolNumberTest {
    private static final int MOST = 512;

    private static final ModelAgent<String> ALL =
            ModelAgent.of("all")
                    .withTools(ToolAccess.none().withToolsets(Set.of("many")))
                    .withModel("script");

    /** So many tools under one name, known from the first or asked for at the first run. */
    private record Many(int number, boolean known) implements Toolset {
        @Override
        public String name() {
            return "many";
        }

        @Override
        public List<Tool> tools(ToolsetContext context) {
            return IntStream.range(0, number)
                    .mapToObj(i -> Tool.of("t" + i, "One", Flows.Nothing.class, _ -> "ok"))
                    .toList();
        }

        @Override
        public Optional<List<Tool>> fixed() {
            return known ? Optional.of(tools(() -> {})) : Optional.empty();
        }
    }

    private static RuntimeConfig config(ModelAgent<?> agent, Toolset tools) {
        return RuntimeConfig.of(agent)
                .withNamedModel("script", always(text("ok")))
                .withTools(_ -> tools);
    }

    @Test
    void moreThanAnAgentMayHaveAreRefusedBeforeAnythingRuns() {
        var config = config(ALL, new Many(MOST + 1, true));
        assertThat(codeOf(() -> AgentRuntime.open(config).close())).isEqualTo("limit.size");
    }

    @Test
    void moreThanAnAgentMayHaveAreRefusedBeforeItsFirstModelCall() throws Exception {
        var model = ScriptedModel.always(text("ok"));
        var config = config(ALL, new Many(MOST + 1, false)).withNamedModel("script", model);
        try (var runtime = AgentRuntime.open(config)) {
            var failed = (RunResult.Failed<?>) runtime.run(ALL, Task.of("x"));
            assertThat(failed.failure().message())
                    .isEqualTo("Agent 'all' has 513 tools; the limit is 512 tools.");
        }
        assertThat(model.calls()).isEmpty();
    }

    @Test
    void asManyAsItMayHaveAreFine() throws Exception {
        try (var runtime = AgentRuntime.open(config(ALL, new Many(MOST, true)))) {
            assertThat(runtime.run(ALL, Task.of("x")).orThrow()).isEqualTo("ok");
        }
    }

    @Test
    void thoseThatItMayNotCallDoNotCount() throws Exception {
        var few = ModelAgent.of("few").withTools("t1", "t2").withModel("script");
        try (var runtime = AgentRuntime.open(config(few, new Many(MOST + 100, true)))) {
            assertThat(runtime.run(few, Task.of("x")).orThrow()).isEqualTo("ok");
        }
    }

    @Test
    void theToolsOfALiveSessionCountToo() throws Exception {
        var seen =
                Flows.run(
                        config(ALL, new Many(MOST, true)),
                        scope -> {
                            var worker = scope.open(ALL);
                            worker.on("more", "More", Flows.Nothing.class, _ -> "ok");
                            worker.send("go");
                            scope.await();
                            return null;
                        });
        assertThat(((RunResult.Failed<?>) seen.result()).failure().code()).isEqualTo("limit.size");
    }
}
