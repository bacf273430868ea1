package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.calls;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.BudgetEvent;
import dev.skein.event.RunEvent;
import dev.skein.event.ToolEvent;
import dev.skein.event.TurnEvent;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelReply;
import dev.skein.model.Part;
import dev.skein.model.Usage;
import dev.skein.models.ScriptedModel;
import dev.skein.models.ScriptedModel.Step;
import dev.skein.policy.Budget;
import dev.skein.policy.Livelock;
import dev.skein.policy.RunLimits;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Handler;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The calls of one turn, and answers that end oddly. */
class CallsTest {
    record Query(String q) {}

    record Nothing() {}

    record Verdict(String label) {}

    private static final ModelAgent<String> AGENT =
            ModelAgent.of("atlas").withTools("search", "alone");

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final Tool search = search(query -> query.q());
    private final Tool alone = Tool.of("alone", "Needs room", Nothing.class, _ -> "alone").alone();

    private static Tool search(Handler<Query> handler) {
        return Tool.of("search", "Searches", Query.class, handler);
    }

    private static AgentRuntime open(ChatModel model, Tool... tools) {
        return AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(model).withTools(tools));
    }

    private static ToolCall asked(String id) {
        return new ToolCall(id, "search", Json.object("q", id));
    }

    private static Step reply(String text, Finish finish, ToolCall... calls) {
        var parts = text.isEmpty() ? List.<Part>of() : List.<Part>of(new Part.Text(text));
        var message = new Message.Assistant(parts, List.of(calls), Instant.EPOCH);
        return ScriptedModel.reply(new ModelReply(message, Usage.of(1, 1), finish, "m"));
    }

    private static Message.Results results(ScriptedModel model, int call) {
        return (Message.Results) model.calls().get(call).messages().getLast();
    }

    @Test
    @Tag("AG-44")
    void aToolThatWantsToBeAloneRunsWithoutSiblings() throws Exception {
        var running = new AtomicInteger();
        var crowded = new AtomicInteger();
        var before = search(query -> within(running, query.q()));
        var alone =
                Tool.of(
                                "alone",
                                "Needs room",
                                Nothing.class,
                                _ -> {
                                    crowded.addAndGet(running.get());
                                    return within(running, "alone");
                                })
                        .alone();
        var turn =
                calls(
                        asked("a"),
                        asked("b"),
                        new ToolCall("x", "alone", Json.object()),
                        asked("c"));
        var model = ScriptedModel.of(turn, text("ok"));
        try (var runtime = open(model, before, alone)) {
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        assertThat(crowded).hasValue(0);
        assertThat(order.indexOf("in alone")).isEqualTo(4);
        assertThat(order.subList(4, 8)).containsExactly("in alone", "out alone", "in c", "out c");
        assertThat(results(model, 1).results())
                .extracting("callId")
                .containsExactly("a", "b", "x", "c");
    }

    private String within(AtomicInteger running, String name) {
        running.incrementAndGet();
        order.add("in " + name);
        order.add("out " + name);
        running.decrementAndGet();
        return name;
    }

    @Test
    @Tag("AG-44")
    void noMoreCallsRunAtOnceThanTheLimitSays() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var two = new CountDownLatch(2);
        var tool =
                search(query -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    two.countDown();
                    two.await();
                    running.decrementAndGet();
                    return query.q();
                });
        var wanted = IntStream.range(0, 8).mapToObj(i -> asked("c" + i)).toArray(ToolCall[]::new);
        var limits = new RunLimits(10, Duration.ofMinutes(5), 32, 2, Livelock.standard());
        var config =
                RuntimeConfig.of(AGENT)
                        .withModel(ScriptedModel.of(calls(wanted), text("ok")))
                        .withLimits(limits)
                        .withTools(tool, alone);
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        assertThat(most).hasValue(2);
    }

    @Test
    @Tag("AG-42")
    void toolsAreOfferedInTheOrderOfTheirNames() throws Exception {
        var model = always(text("ok"));
        var names = List.of("zebra", "alone", "search", "mid");
        var tools =
                names.stream()
                        .map(name -> Tool.of(name, "Does", Nothing.class, _ -> name))
                        .toArray(Tool[]::new);
        var agent = AGENT.withTools(names.toArray(String[]::new));
        var config = RuntimeConfig.of(agent).withModel(model).withTools(tools);
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(agent, Task.of("x")).orThrow();
        }
        assertThat(model.calls().getFirst().tools())
                .extracting(ToolSpec::name)
                .containsExactly("alone", "mid", "search", "zebra");
    }

    @Test
    @Tag("AG-43")
    void anAnswerThatPromisesCallsAndHasNoneIsFinal() throws Exception {
        try (var runtime = open(always(reply("done", Finish.TOOLS)), search, alone)) {
            assertThat(runtime.run(AGENT, Task.of("x")).orThrow()).isEqualTo("done");
        }
    }

    @Test
    @Tag("AG-43")
    void aCallThatWasCutOffBeforeItsArgumentsIsNotCarriedOut() throws Exception {
        var cut = new ToolCall("2", "alone", Json.object());
        var model = ScriptedModel.of(reply("", Finish.LENGTH, asked("1"), cut), text("ok"));
        try (var runtime = open(model, search, alone)) {
            assertThat(runtime.run(AGENT, Task.of("x")).orThrow()).isEqualTo("ok");
            assertThat(Facts.all(runtime, ToolEvent.ToolStarted.class))
                    .extracting(ToolEvent.ToolStarted::call)
                    .containsExactly("1");
        }
        assertThat(results(model, 1).results()).extracting("error").containsExactly(false, true);
    }

    @Test
    @Tag("AG-54")
    void aTextThatWasCutOffIsAnAnswerAndAValueIsNot() throws Exception {
        var judge = ModelAgent.of("judge", Verdict.class);
        var model =
                ScriptedModel.of(
                        reply("a long st", Finish.LENGTH),
                        reply("{\"label\":\"x\"}", Finish.LENGTH),
                        reply("{\"label\":\"y\"}", Finish.STOP));
        try (var runtime = open(model, search, alone)) {
            assertThat(runtime.run(AGENT, Task.of("x")).orThrow()).isEqualTo("a long st");
            assertThat(runtime.run(judge, Task.of("x")).orThrow()).isEqualTo(new Verdict("y"));
            assertThat(Facts.all(runtime, TurnEvent.RepairAsked.class))
                    .singleElement()
                    .satisfies(
                            asked -> assertThat(asked.problem()).contains("cut off at maxTokens"));
        }
    }

    @Test
    @Tag("AG-56")
    void callsThatNobodyAskedForAreIgnoredAndNoted() throws Exception {
        try (var runtime = open(always(reply("plain", Finish.TOOLS, asked("1"))), search, alone)) {
            var result = runtime.run(AGENT, Task.of("x").toolless());
            assertThat(result.orThrow()).isEqualTo("plain");
            assertThat(Facts.all(runtime, TurnEvent.TurnEnded.class))
                    .extracting(TurnEvent.TurnEnded::toolCalls)
                    .containsExactly(1);
            assertThat(result.work().partial().messages().getLast())
                    .isInstanceOfSatisfying(
                            Message.Assistant.class, said -> assertThat(said.calls()).isEmpty());
        }
    }

    @Test
    @Tag("AG-59")
    void anErrorOfTheModelsCodeEndsTheRunWithItsNameAndSettlesItsBudget() throws Exception {
        Step broken =
                _ -> {
                    throw new AssertionError("cannot be");
                };
        var config =
                RuntimeConfig.of(AGENT)
                        .withModel(ScriptedModel.of(broken, text("ok")))
                        .withBudget(Budget.unlimited().withTokens(100_000L))
                        .withTools(search, alone);
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(AGENT, Task.of("x")))
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed -> {
                                assertThat(failed.failure().code()).isEqualTo("run.threw");
                                assertThat(failed.failure().message())
                                        .contains("AssertionError", "cannot be");
                            });
            assertThat(Facts.all(runtime, RunEvent.RunEnded.class)).hasSize(1);
            assertThat(Facts.all(runtime, BudgetEvent.Settled.class)).hasSize(1);
        }
    }

    @Test
    @Tag("AG-45")
    void missingAndRepeatedCallIdsAreMadeUnique() throws Exception {
        var nameless = asked("a").withId("");
        var twin = asked("b").withId("x");
        var other = asked("c").withId("x");
        var model = ScriptedModel.of(reply("", Finish.TOOLS, nameless, twin, other), text("ok"));
        try (var runtime = open(model, search, alone)) {
            runtime.run(AGENT, Task.of("x")).orThrow();
            assertThat(Facts.all(runtime, ToolEvent.ToolReturned.class))
                    .extracting(ToolEvent.ToolReturned::call)
                    .doesNotHaveDuplicates();
        }
        assertThat(results(model, 1).results())
                .extracting("callId")
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(results(model, 1).results()).extracting("text").containsExactly("a", "b", "c");
    }
}
