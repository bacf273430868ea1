package dev.skein.checks;

import static dev.skein.checks.Spilling.AGENT;
import static dev.skein.checks.Spilling.LINES;
import static dev.skein.checks.Spilling.answer;
import static dev.skein.checks.Spilling.folders;
import static dev.skein.checks.Spilling.handle;
import static dev.skein.checks.Spilling.last;
import static dev.skein.checks.Spilling.listing;
import static dev.skein.checks.Spilling.numbered;
import static dev.skein.checks.Spilling.open;
import static dev.skein.checks.Spilling.read;
import static dev.skein.checks.Spilling.reading;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.skein.agent.Redact;
import dev.skein.agent.Task;
import dev.skein.checks.Spilling.Nothing;
import dev.skein.event.ToolEvent;
import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.TokenEstimator;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolLimits;
import dev.skein.tool.ToolOutput;
import dev.skein.tool.ToolPolicy;
import dev.skein.tool.ToolSpec;
import dev.skein.tool.TrustLevel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outputs that are too large for a model: what it is shown, and how it reads on. */
class SpillTest {
    private static final long SHARE = (200_000 - 4_096) * 3 / 10;

    private List<Path> before = List.of();

    @BeforeEach
    void look() throws IOException {
        before = folders();
    }

    @AfterEach
    void noFileIsLeft() throws IOException {
        assertThat(folders()).isEqualTo(before);
    }

    @Test
    @Tag("AG-83")
    void aLargeOutputIsShownInPartAndItsMiddleCanBeRead() throws Exception {
        assertThat(LINES.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(10_000_000);
        int middle = 5_000_001;
        var model =
                ScriptedModel.of(call("list", new Nothing()), reading(middle, 3_000), text("done"));
        try (var runtime = open(model, listing(LINES))) {
            var result = runtime.run(AGENT, Task.of("x"));

            assertThat(result.orThrow()).isEqualTo("done");
            var shown = last(model.calls().get(1));
            assertThat(shown.error()).isFalse();
            assertThat(TokenEstimator.bytes().tokens(shown.text()))
                    .isBetween(SHARE * 9 / 10, SHARE);
            assertThat(shown.text())
                    .startsWith("Zeile 0000000: größer")
                    .endsWith("Zeile 0199999: größer als es scheint, 10 € für 🦢\n")
                    .containsOnlyOnce("bytes in all")
                    .contains(" " + LINES.getBytes(StandardCharsets.UTF_8).length + " bytes");
            var part = last(model.calls().get(2)).text();
            assertThat(LINES.contains(part.substring(part.indexOf('\n') + 1))).isTrue();
            assertThat(part)
                    .hasSizeGreaterThan(2_000)
                    .startsWith("[bytes 50000")
                    .contains("Zeile 00");
            assertThat(Facts.all(runtime, ToolEvent.ToolReturned.class))
                    .extracting(ToolEvent.ToolReturned::truncated)
                    .containsExactly(true, false);
        }
        assertThat(tools(model)).containsExactly(List.of("list"), both(), both());
    }

    private static List<String> both() {
        return List.of("list", "read_output");
    }

    private static List<List<String>> tools(ScriptedModel model) {
        return model.calls().stream()
                .map(call -> call.tools().stream().map(ToolSpec::name).toList())
                .toList();
    }

    @Test
    @Tag("AG-83")
    void aPartIsNeverLargerThanWhatMayBeShown() throws Exception {
        var model =
                ScriptedModel.of(
                        call("list", new Nothing()), reading(1, Long.MAX_VALUE), text("done"));
        try (var runtime = open(model, listing(LINES))) {
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        var part = last(model.calls().get(2));
        assertThat(TokenEstimator.bytes().tokens(part.text())).isBetween(SHARE * 7 / 10, SHARE);
        assertThat(part.text()).doesNotContain("cut:").contains("the next begins at");
    }

    @Test
    @Tag("AG-83")
    void aLargeOutputNeedsLittleMemoryBesidesItself() throws Exception {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var large = LINES.repeat(4);
        var model =
                ScriptedModel.of(
                                call("list", new Nothing()),
                                reading(20_000_000, 10_000),
                                text("done"))
                        .perRun();
        try (var runtime = open(model, listing(large))) {
            runtime.run(AGENT, Task.of("warm up")).orThrow();

            long before = threads.getTotalThreadAllocatedBytes();
            runtime.run(AGENT, Task.of("x")).orThrow();
            long used = threads.getTotalThreadAllocatedBytes() - before;

            assertThat(large.length()).isEqualTo(40_000_000);
            assertThat(used).isLessThan(8 << 20);
        }
    }

    @Test
    @Tag("AG-83")
    void aToolsOwnLimitIsKeptToAndErrorsAreCutToo() throws Exception {
        var limits = listing("").spec().limits().withMaxResultTokens(100).withSpillBytes(5_000);
        var small = new Limited(listing(numbered("line %d\n", 2_000)), limits);
        var angry =
                new Limited(
                        Tool.of(
                                "fail",
                                "Fails",
                                Nothing.class,
                                _ -> {
                                    throw new IllegalStateException("because ".repeat(200));
                                }),
                        limits);
        var agent = AGENT.withTools("list", "fail");
        var model =
                ScriptedModel.of(
                        call("list", new Nothing()), call("fail", new Nothing()), text("done"));
        try (var runtime = open(model, small, angry)) {
            runtime.run(agent, Task.of("x")).orThrow();
        }
        var shown = last(model.calls().get(1)).text();
        assertThat(TokenEstimator.bytes().tokens(shown)).isLessThanOrEqualTo(100);
        assertThat(shown).contains("of which 5000 were kept").endsWith("line 1999\n");
        var error = last(model.calls().get(2));
        assertThat(error.error()).isTrue();
        assertThat(TokenEstimator.bytes().tokens(error.text())).isLessThanOrEqualTo(100);
        assertThat(error.text()).startsWith("tool.failed").containsOnlyOnce("bytes in all");
    }

    private record Limited(Tool tool, ToolLimits limits) implements Tool {
        @Override
        public ToolSpec spec() {
            return tool.spec().withLimits(limits);
        }

        @Override
        public ToolOutput call(Json arguments, ToolContext context) throws Exception {
            return tool.call(arguments, context);
        }
    }

    @Test
    @Tag("AG-83")
    void whoeverGotAnOutputMayReadItWhateverPoliciesAndTrustSay() throws Exception {
        var model = ScriptedModel.of(call("list", new Nothing()), reading(0, 50), text("done"));
        var config =
                RuntimeConfig.of(AGENT)
                        .withModel(model)
                        .withTools(listing(LINES).effect(Effect.READ_ONLY))
                        .withPolicy(Namespace.of("acme"), ToolPolicy.only("list"));
        try (var runtime = AgentRuntime.open(config)) {
            var low = AGENT.withTrust(TrustLevel.LOW);
            runtime.run(low, Task.of("x").under(Namespace.of("acme"))).orThrow();
            assertThat(Facts.all(runtime, ToolEvent.ToolRefused.class)).isEmpty();
        }
        assertThat(last(model.calls().get(2)).text()).contains("Zeile 0000000");
    }

    @Test
    @Tag("AG-83")
    void whatIsRedactedCannotBeReadPieceByPieceEither() throws Exception {
        var card = "4111111111111111";
        var output = "x".repeat(400_000) + " " + card + " " + "x".repeat(400_000);
        var model =
                ScriptedModel.of(
                        call("list", new Nothing()),
                        answer(asked -> read(handle(asked), 400_001, 8)),
                        text("done"));
        var config =
                RuntimeConfig.of(AGENT)
                        .withModel(model)
                        .withTools(listing(output))
                        .withInterceptors(new Redact("\\b\\d{16}\\b"));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        assertThat(last(model.calls().get(2)).text()).contains("▇▇").doesNotContain("41111");
    }

    @Test
    @Tag("AG-90")
    void theNameOfTheToolThatReadsOutputsIsTaken() {
        var mine = Tool.of("read_output", "Mine", Nothing.class, _ -> "mine");
        assertThatThrownBy(() -> open(ScriptedModel.always(text("x")), mine, listing("")).close())
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused ->
                                assertThat(refused.failure())
                                        .isEqualTo(
                                                new Conflict.Name(
                                                        "tools", "read_output", "read_output")));
    }

    @Test
    @Tag("AG-91")
    void readingPassesTheSameGate() throws Exception {
        var model =
                ScriptedModel.of(
                        call("list", new Nothing()),
                        answer(asked -> read(handle(asked), -1, 0)),
                        answer(asked -> {
                            var first = (Message.Results) asked.messages().get(3);
                            return read(handle(first.results().getFirst().text()), 1L << 40, 1);
                        }),
                        text("done"));
        try (var runtime = open(model, listing(LINES))) {
            runtime.run(AGENT, Task.of("x")).orThrow();
            assertThat(Facts.all(runtime, ToolEvent.ToolRefused.class))
                    .singleElement()
                    .satisfies(no -> assertThat(no.rule()).isEqualTo("arguments"));
        }
        assertThat(last(model.calls().get(2)).text()).contains("/offset", "/length");
        assertThat(last(model.calls().get(3)).text()).contains("is behind the");
    }

    @Test
    void aCallAndTheReadingOfWhatItGaveMayBePartOfOneTurn() throws Exception {
        var both =
                ScriptedModel.calls(
                        new ToolCall("a", "list", Json.object()),
                        new ToolCall("b", "list", Json.object()));
        var model = ScriptedModel.of(both, reading(0, 20), text("done"));
        try (var runtime = open(model, listing(LINES))) {
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        var results = ((Message.Results) model.calls().get(1).messages().getLast()).results();
        assertThat(results).extracting(result -> handle(result.text())).doesNotHaveDuplicates();
    }
}
