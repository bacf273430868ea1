package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.ToolResult;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects that a program wrote as tools for LangChain4j. */
class LentToolTest {
    enum Sort {
        YOUNG,
        OLD
    }

    /** Writes down how it was called. */
    public static final class Geese {
        private final List<String> calls = new ArrayList<>();

        @Tool(
                name = "count_geese",
                value = {"Counts geese.", "Slowly."})
        public int count(
                @P("where they are") String place,
                @P(value = "how many at most", defaultValue = "7") int most,
                @P(value = "which", required = false) Sort sort,
                @ToolMemoryId String whose) {
            calls.add(place + " " + most + " " + sort + " " + whose);
            return most;
        }

        @Tool
        public void rest() {
            calls.add("rest");
        }

        @Tool("Fails.")
        public String fail(@P(value = "why", name = "reason") String why) {
            throw new IllegalStateException("no " + why);
        }

        public void notATool() {
            calls.add("never");
        }
    }

    static final class Hidden {
        @Tool
        void hidden() {}
    }

    /** Wants to know whose call it is by a number. */
    public static final class Numbered {
        @Tool
        public void greet(@ToolMemoryId int whose) {}
    }

    /** What came back of one call, made by a run. */
    private static String result(Geese geese, String tool, Json arguments) throws Exception {
        var model =
                ScriptedModel.of(ScriptedModel.call(tool, arguments), ScriptedModel.text("Done."));
        var agent = ModelAgent.of("atlas").withTools("count_geese", "rest", "fail");
        var config =
                RuntimeConfig.of(agent).withModel(model).withTools(_ -> LangChain.tools(geese));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(agent, Task.of("go").in(Namespace.of("bob"))).orThrow();
            var last = model.calls().getLast().messages().getLast();
            return last instanceof dev.skein.model.Message.Results(var results, _)
                    ? results.stream().map(ToolResult::text).findFirst().orElseThrow()
                    : last.toString();
        }
    }

    @Test
    void theyAreOfferedByTheirNamesTextsAndSchemas() {
        var specs =
                LangChain.tools(new Geese()).fixed().orElseThrow().stream()
                        .map(dev.skein.tool.Tool::spec)
                        .toList();
        assertThat(specs).extracting(ToolSpec::name).containsExactly("count_geese", "fail", "rest");
        assertThat(specs.getFirst().description()).isEqualTo("Counts geese.\nSlowly.");
        var schema = specs.getFirst().input().schema();
        assertThat(schema.get("properties").fields()).containsOnlyKeys("place", "most", "sort");
        assertThat(schema.path("/properties/place/description").text()).isEqualTo("where they are");
        assertThat(schema.get("required")).isEqualTo(Json.array(List.of(Json.of("place"))));
        assertThat(specs.get(1).input().schema().get("properties").fields())
                .containsOnlyKeys("reason");
    }

    @Test
    void aCallFillsInWhatItDoesNotHave() throws Exception {
        var geese = new Geese();
        assertThat(result(geese, "count_geese", Json.object("place", "Köln"))).isEqualTo("7");
        var all = Json.object("place", "Rome", "most", 3, "sort", "OLD");
        assertThat(result(geese, "count_geese", all)).isEqualTo("3");
        assertThat(geese.calls).containsExactly("Köln 7 null bob", "Rome 3 OLD bob");
    }

    @Test
    void whatReturnsNothingSucceedsAndWhatThrowsIsAnErrorOfTheCall() throws Exception {
        assertThat(result(new Geese(), "rest", Json.object())).isEqualTo("Success");
        assertThat(result(new Geese(), "fail", Json.object("reason", "wind"))).contains("no wind");
    }

    @Test
    void argumentsThatDoNotFitDoNotReachIt() throws Exception {
        var geese = new Geese();
        assertThat(result(geese, "count_geese", Json.object("place", 7))).contains("/place");
        assertThat(geese.calls).isEmpty();
    }

    @Test
    void methodsThatCannotBeCalledAreRefused() {
        for (var target : List.of(new Hidden(), new Numbered())) {
            var thrown = catchThrowableOfType(SkeinException.class, () -> LangChain.tools(target));
            assertThat(thrown.failure().code()).isEqualTo("invalid.tool");
        }
    }
}
