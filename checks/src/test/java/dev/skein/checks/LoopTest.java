package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.calls;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.failure.Limit;
import dev.skein.failure.ModelFailure;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelReply;
import dev.skein.model.Usage;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One run of a model agent: turns, tool calls, typed answers, limits. */
class LoopTest {
    record Query(String q) {}

    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas");

    private static AgentRuntime runtime(ChatModel model, Tool... tools) {
        return AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(model).withTools(tools));
    }

    private static Tool search(dev.skein.tool.Handler<Query> handler) {
        return Tool.of("search", "Searches", Query.class, handler).effect(Effect.READ_ONLY);
    }

    private static ToolCall asked(String id, String tool, String q) {
        return new ToolCall(id, tool, Json.object("q", Json.of(q)));
    }

    private static List<dev.skein.tool.ToolResult> results(ScriptedModel model, int call) {
        return ((Message.Results) model.calls().get(call).messages().getLast()).results();
    }

    @Test
    @Tag("AG-42")
    void aTextAnswerIsOneTurnWithItsTokens() throws Exception {
        try (var runtime = runtime(always(text("hi").using(10, 8)))) {
            var result = runtime.run(AGENT, Task.of("hello"));
            assertThat(result).isInstanceOf(RunResult.Completed.class);
            assertThat(result.orThrow()).isEqualTo("hi");
            assertThat(result.work().turns()).isEqualTo(1);
            assertThat(result.work().usage().total()).isEqualTo(18);
        }
    }

    @Test
    @Tag("AG-42")
    void aCallAndThenAnAnswerAreTwoTurns() throws Exception {
        var model =
                ScriptedModel.of(
                        call("search", new Query("geese")).using(20, 10),
                        text("found").using(20, 15));
        try (var runtime = runtime(model, search(query -> "about " + query.q()))) {
            var result = runtime.run(AGENT.withTools("search"), Task.of("hello"));
            assertThat(result.orThrow()).isEqualTo("found");
            assertThat(result.work().turns()).isEqualTo(2);
            assertThat(result.work().usage().input()).isEqualTo(40);
            assertThat(result.work().usage().output()).isEqualTo(25);
            assertThat(results(model, 1))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.text()).isEqualTo("about geese");
                        assertThat(found.error()).isFalse();
                    });
        }
    }

    @Test
    @Tag("AG-92")
    void aMisspeltToolGetsAnErrorThatNamesTheNearest() throws Exception {
        var model = ScriptedModel.of(call("serach", new Query("x")), text("done"));
        try (var runtime = runtime(model, search(_ -> "x"))) {
            assertThat(runtime.run(AGENT.withTools("search"), Task.of("x")).orThrow())
                    .isEqualTo("done");
            assertThat(results(model, 1))
                    .singleElement()
                    .satisfies(result -> {
                        assertThat(result.error()).isTrue();
                        assertThat(result.text())
                                .startsWith("missing.tool")
                                .contains("Did you mean search");
                    });
        }
    }

    @Test
    @Tag("AG-47")
    void theTurnLimitEndsTheRunAfterTheLastTurnsCallsHaveRun() throws Exception {
        var ran = new AtomicInteger();
        var model = always(call("search", new Query("again")).using(5, 5));
        try (var runtime = runtime(model, search(_ -> "nr " + ran.incrementAndGet()))) {
            var result = runtime.run(AGENT.withTools("search"), Task.of("x").withMaxTurns(3));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isEqualTo(new Limit.Turns("atlas", 3)));
            assertThat(model.calls()).hasSize(3);
            assertThat(ran).hasValue(3);
            assertThat(result.work().usage().total()).isEqualTo(30);
            assertThat(result.work().partial().messages()).hasSize(7);
        }
    }

    @Test
    @Tag("AG-43")
    void noTurnsMeanNoModelCallAndTheUsersMessageIsKept() throws Exception {
        var model = always(text("x"));
        try (var runtime = runtime(model)) {
            var result = runtime.run(AGENT, Task.of("keep me").withMaxTurns(0));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isEqualTo(new Limit.Turns("atlas", 0)));
            assertThat(model.calls()).isEmpty();
            assertThat(result.work().partial().messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).isEqualTo("keep me"));
        }
    }

    @Test
    @Tag("AG-44")
    void theCallsOfOneAnswerMeetAtABarrier() throws Exception {
        var barrier = new CyclicBarrier(3);
        var model =
                ScriptedModel.of(
                        calls(
                                asked("1", "search", "a"),
                                asked("2", "search", "b"),
                                asked("3", "search", "c")),
                        text("met"));
        try (var runtime =
                runtime(
                        model,
                        search(query -> {
                            barrier.await();
                            return query.q();
                        }))) {
            assertThat(runtime.run(AGENT.withTools("search"), Task.of("x")).orThrow())
                    .isEqualTo("met");
        }
    }

    @Test
    @Tag("AG-44")
    void anAgentThatIsNotParallelHasItsCallsInOrder() throws Exception {
        var order = Collections.synchronizedList(new ArrayList<String>());
        var model =
                ScriptedModel.of(
                        calls(
                                asked("1", "search", "a"),
                                asked("2", "search", "b"),
                                asked("3", "search", "c")),
                        text("ok"));
        var agent =
                AGENT.withTools(
                        AGENT.tools().withNames(java.util.Set.of("search")).withParallel(false));
        try (var runtime =
                runtime(
                        model,
                        search(query -> {
                            order.add("in " + query.q());
                            order.add("out " + query.q());
                            return "";
                        }))) {
            runtime.run(agent, Task.of("x")).orThrow();
        }
        assertThat(order).containsExactly("in a", "out a", "in b", "out b", "in c", "out c");
    }

    @Test
    @Tag("AG-44")
    @Tag("AG-92")
    void resultsStandInCallOrderWhateverEndsFirstAndOneThatThrowsHindersNoOther() throws Exception {
        var second = new CountDownLatch(1);
        var model =
                ScriptedModel.of(
                        calls(
                                asked("1", "search", "slow"),
                                asked("2", "search", "throws"),
                                asked("3", "search", "quick")),
                        text("ok"));
        try (var runtime =
                runtime(
                        model,
                        search(query -> {
                            switch (query.q()) {
                                case "slow" -> second.await();
                                case "throws" -> throw new IllegalStateException("no luck");
                                default -> second.countDown();
                            }
                            return query.q();
                        }))) {
            runtime.run(AGENT.withTools("search"), Task.of("x")).orThrow();
        }
        assertThat(results(model, 1)).extracting("callId").containsExactly("1", "2", "3");
        assertThat(results(model, 1)).extracting("error").containsExactly(false, true, false);
        assertThat(results(model, 1).get(1).text()).contains("IllegalStateException: no luck");
    }

    @Test
    @Tag("AG-43")
    void callsDecideNotTheFinishWord() throws Exception {
        var ran = new AtomicInteger();
        var asks =
                new Message.Assistant(List.of(), List.of(asked("1", "search", "a")), Instant.EPOCH);
        var model =
                ScriptedModel.of(
                        ScriptedModel.reply(new ModelReply(asks, Usage.of(1, 1), Finish.STOP, "m")),
                        text("ok"));
        try (var runtime = runtime(model, search(_ -> "ran " + ran.incrementAndGet()))) {
            assertThat(runtime.run(AGENT.withTools("search"), Task.of("x")).orThrow())
                    .isEqualTo("ok");
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    @Tag("AG-43")
    @Tag("AG-93")
    void aCallThatWasCutOffIsNotCarriedOut() throws Exception {
        var ran = new AtomicInteger();
        var cut =
                new Message.Assistant(
                        List.of(),
                        List.of(new ToolCall("1", "search", Json.of("{\"q\":\"ge"))),
                        Instant.EPOCH);
        var model =
                ScriptedModel.of(
                        ScriptedModel.reply(
                                new ModelReply(cut, Usage.of(1, 1), Finish.LENGTH, "m")),
                        text("ok"));
        try (var runtime = runtime(model, search(_ -> "ran " + ran.incrementAndGet()))) {
            assertThat(runtime.run(AGENT.withTools("search"), Task.of("x")).orThrow())
                    .isEqualTo("ok");
            assertThat(ran).hasValue(0);
            assertThat(results(model, 1))
                    .singleElement()
                    .satisfies(result -> assertThat(result.error()).isTrue());
        }
    }

    @Test
    @Tag("AG-45")
    void moreCallsThanATurnMayHaveGetErrorResults() throws Exception {
        var ran = new AtomicInteger();
        var wanted =
                IntStream.range(0, 40)
                        .mapToObj(i -> asked("c" + i, "search", "x"))
                        .toArray(ToolCall[]::new);
        var model = ScriptedModel.of(calls(wanted), text("ok"));
        try (var runtime = runtime(model, search(_ -> "ran " + ran.incrementAndGet()))) {
            runtime.run(AGENT.withTools("search"), Task.of("x")).orThrow();
        }
        assertThat(ran).hasValue(32);
        assertThat(results(model, 1).stream().filter(dev.skein.tool.ToolResult::error)).hasSize(8);
    }

    @Test
    @Tag("AG-92")
    @Tag("AG-93")
    void argumentsThatDoNotFitNeverReachTheTool() throws Exception {
        var ran = new AtomicInteger();
        var model =
                ScriptedModel.of(
                        calls(
                                new ToolCall("1", "search", Json.object("q", Json.of(5))),
                                new ToolCall("2", "search", Json.parse("{\"q\":\"x\",\"more\":1}")),
                                new ToolCall("3", "search", Json.object())),
                        text("ok"));
        try (var runtime = runtime(model, search(_ -> "ran " + ran.incrementAndGet()))) {
            runtime.run(AGENT.withTools("search"), Task.of("x")).orThrow();
        }
        assertThat(ran).hasValue(0);
        assertThat(results(model, 1))
                .allSatisfy(result -> assertThat(result.text()).startsWith("invalid.input"));
        assertThat(results(model, 1).getFirst().text()).contains("/q");
    }

    @Test
    @Tag("AG-55")
    void threeTurnsOfUselessCallsEndTheRun() throws Exception {
        var model = always(call("nothing", Map.of()));
        try (var runtime = runtime(model, search(_ -> "x"))) {
            var result = runtime.run(AGENT.withTools("search"), Task.of("x"));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isInstanceOf(ModelFailure.BadReply.class));
            assertThat(model.calls()).hasSize(3);
        }
    }

    @Test
    @Tag("AG-56")
    void aToollessTaskIsOneCallWithoutToolsAndIgnoresCalls() throws Exception {
        var answer =
                new Message.Assistant(
                        List.of(new dev.skein.model.Part.Text("plain")),
                        List.of(asked("1", "search", "a")),
                        Instant.EPOCH);
        var model =
                always(
                        ScriptedModel.reply(
                                new ModelReply(answer, Usage.of(1, 1), Finish.STOP, "m")));
        try (var runtime = runtime(model, search(_ -> "x"))) {
            assertThat(runtime.run(AGENT.withTools("search"), Task.of("x").toolless()).orThrow())
                    .isEqualTo("plain");
            assertThat(model.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.tools()).isEmpty());
        }
    }

    @Test
    @Tag("AG-59")
    void everyRunHasOneEndAndItIsItsLastEntry() throws Exception {
        try (var runtime =
                runtime(
                        ScriptedModel.of(
                                text("one"),
                                ScriptedModel.fail(new ModelFailure.BadRequest("m", "no"))))) {
            for (int i = 0; i < 2; i++) {
                var run = runtime.run(AGENT, Task.of("x")).work().runId();
                var entries = Facts.ofRun(runtime, run);
                assertThat(
                                entries.stream()
                                        .filter(entry ->
                                                entry.event() instanceof RunEvent.RunEnded))
                        .hasSize(1);
                assertThat(entries.getLast().event()).isInstanceOf(RunEvent.RunEnded.class);
                assertThat(entries)
                        .extracting("number")
                        .containsExactlyElementsOf(
                                java.util.stream.LongStream.rangeClosed(1, entries.size())
                                        .boxed()
                                        .toList());
            }
            assertThat(Facts.all(runtime, RunEvent.RunEnded.class))
                    .extracting(ended -> ended.outcome().status())
                    .containsExactly(RunStatus.COMPLETED, RunStatus.FAILED);
        }
    }
}
