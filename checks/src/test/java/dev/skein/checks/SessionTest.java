package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.Interceptor;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunCall;
import dev.skein.agent.RunChain;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.SessionEvent;
import dev.skein.failure.Conflict;
import dev.skein.failure.ModelFailure;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.Message;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.Transcript;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stored conversations: what continues, what stays apart, what is mended. */
class SessionTest {
    record Nothing() {}

    private static final ModelAgent<String> ATLAS = ModelAgent.of("Atlas");
    private static final Namespace BOB = Namespace.of("bob");

    private static AgentRuntime runtime(ChatModel model, Tool... tools) {
        return AgentRuntime.open(RuntimeConfig.of(ATLAS).withModel(model).withTools(tools));
    }

    private static List<Message> messages(AgentRuntime runtime, Namespace namespace, String agent) {
        return runtime.sessions().load(new SessionKey(namespace, agent)).orElseThrow().messages();
    }

    @Test
    @Tag("AG-70")
    void aNamespaceContinuesItsConversation() throws Exception {
        var model = always(text("hi"));
        try (var runtime = runtime(model)) {
            runtime.run(ATLAS, Task.of("one").in(BOB)).orThrow();
            assertThat(messages(runtime, BOB, "Atlas")).hasSize(2);
            runtime.run(ATLAS, Task.of("two").in(BOB)).orThrow();
            assertThat(messages(runtime, BOB, "Atlas")).hasSize(4);
            assertThat(model.calls().get(1).messages())
                    .extracting(Message::text)
                    .endsWith("one", "hi", "two");
        }
    }

    @Test
    @Tag("AG-70")
    void namespacesAndAgentsStayApart() throws Exception {
        var other = ModelAgent.of("Other");
        try (var runtime = runtime(always(text("hi")))) {
            runtime.run(ATLAS, Task.of("one").in(BOB)).orThrow();
            runtime.run(ATLAS, Task.of("two").in(Namespace.of("alice"))).orThrow();
            runtime.run(other, Task.of("three").in(BOB)).orThrow();
            assertThat(messages(runtime, BOB, "Atlas")).hasSize(2);
            assertThat(messages(runtime, Namespace.of("alice"), "Atlas")).hasSize(2);
            assertThat(messages(runtime, BOB, "Other")).hasSize(2);
        }
    }

    @Test
    @Tag("AG-70")
    void aTaskWithoutANamespaceStoresNothing() throws Exception {
        try (var runtime = runtime(always(text("hi")))) {
            runtime.run(ATLAS, Task.of("one")).orThrow();
            assertThat(runtime.sessions().list(null, null, 10)).isEmpty();
        }
    }

    @Test
    @Tag("AG-71")
    void aChildRunStoresNothing() throws Exception {
        var holder = new AtomicReference<AgentRuntime>();
        var asking =
                Tool.of(
                        "ask",
                        "Asks another agent",
                        Nothing.class,
                        _ -> holder.get().run(ModelAgent.of("Other"), Task.of("x")).orThrow());
        try (var runtime =
                runtime(
                        ScriptedModel.of(call("ask", new Nothing()), text("inner"), text("outer")),
                        asking)) {
            holder.set(runtime);
            runtime.run(ATLAS.withTools("ask"), Task.of("one").in(BOB)).orThrow();
            assertThat(runtime.sessions().list(null, null, 10))
                    .containsExactly(new SessionKey(BOB, "Atlas"));
            assertThat(messages(runtime, BOB, "Atlas")).hasSize(4);
        }
    }

    @Test
    @Tag("AG-46")
    void eachTurnIsSavedWhenItEnds() throws Exception {
        var holder = new AtomicReference<AgentRuntime>();
        var seen = new ArrayList<Integer>();
        ScriptedModel.Step noting = call("note", new Nothing());
        ScriptedModel.Step looking =
                call -> {
                    seen.add(messages(holder.get(), BOB, "Atlas").size());
                    return seen.size() < 3 ? noting.answer(call) : text("done").answer(call);
                };
        var tool = Tool.of("note", "Notes", Nothing.class, _ -> "noted");
        try (var runtime = runtime(always(looking), tool)) {
            holder.set(runtime);
            runtime.run(ATLAS.withTools("note"), Task.of("one").in(BOB)).orThrow();
            assertThat(seen).containsExactly(1, 3, 5);
            var key = new SessionKey(BOB, "Atlas");
            assertThat(runtime.sessions().load(key).orElseThrow().version()).isEqualTo(1 + 3);
        }
    }

    /** Where runs are, so that it can be seen that one waits for its turn. */
    private record Watched(LinkedBlockingQueue<Thread> threads) implements Interceptor {
        @Override
        public <O> RunResult<O> aroundRun(RunCall<O> call, RunChain<O> next)
                throws InterruptedException {
            threads.add(Thread.currentThread());
            return next.proceed(call);
        }

        void awaitOneInLine() throws InterruptedException {
            var thread = threads.take();
            while (!waits(thread)) Thread.onSpinWait();
        }

        private static boolean waits(Thread thread) {
            var frames = Stream.of(thread.getStackTrace()).map(StackTraceElement::toString);
            var waiting = frames.filter(frame -> frame.contains("CountDownLatch.await(")).toList();
            return !waiting.isEmpty();
        }
    }

    @Test
    @Tag("AG-72")
    @Timeout(60)
    void tenRunsAtOnceInOneSessionLeaveTwentyMessagesInArrivalOrder() throws Exception {
        var all = new CountDownLatch(1);
        var watched = new Watched(new LinkedBlockingQueue<>());
        ScriptedModel.Step answering =
                call -> {
                    all.await();
                    return text("to " + call.messages().getLast().text()).answer(call);
                };
        var config = RuntimeConfig.of(ATLAS).withModel(always(answering)).withInterceptors(watched);
        try (var runtime = AgentRuntime.open(config)) {
            var handles = new ArrayList<RunHandle<String>>();
            var expected = new ArrayList<String>();
            for (int i = 0; i < 10; i++) {
                handles.add(runtime.spawn(ATLAS, Task.of("message " + i).in(BOB)));
                watched.awaitOneInLine();
                expected.add("message " + i);
                expected.add("to message " + i);
            }
            all.countDown();
            for (var handle : handles) handle.await();
            var stored = messages(runtime, BOB, "Atlas");
            assertThat(stored).extracting(Message::text).isEqualTo(expected);
            for (int i = 0; i < 20; i++)
                assertThat(stored.get(i))
                        .isInstanceOf(i % 2 == 0 ? Message.User.class : Message.Assistant.class);
        }
    }

    @Test
    @Tag("AG-43")
    void noTurnsStillKeepTheUsersMessageInTheConversation() throws Exception {
        var model = always(text("x"));
        try (var runtime = runtime(model)) {
            var result = runtime.run(ATLAS, Task.of("keep me").in(BOB).withMaxTurns(0));
            assertThat(result.isCompleted()).isFalse();
            assertThat(model.calls()).isEmpty();
            assertThat(messages(runtime, BOB, "Atlas"))
                    .extracting(Message::text)
                    .containsExactly("keep me");
        }
    }

    @Test
    @Tag("AG-72")
    @Timeout(60)
    void atMostSixtyFourRunsWaitForASession() throws Exception {
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        ScriptedModel.Step holding =
                call -> {
                    held.countDown();
                    release.await();
                    return text("hi").answer(call);
                };
        try (var waiters = Executors.newVirtualThreadPerTaskExecutor();
                var runtime = runtime(always(holding))) {
            var holder = runtime.spawn(ATLAS, Task.of("first").in(BOB));
            held.await();
            var ended = new LinkedBlockingQueue<RunResult<String>>();
            for (int i = 0; i < 65; i++) {
                var handle = runtime.spawn(ATLAS, Task.of("message " + i).in(BOB));
                var _ = waiters.submit(() -> ended.add(handle.result()));
            }
            // Whichever came last is the only one that can end while the session is held.
            assertThat(ended.take()).satisfies(SessionTest::wasTheSixtyFifthToWait);
            release.countDown();
            assertThat(holder.await()).isEqualTo("hi");
            for (int i = 0; i < 64; i++)
                assertThat(ended.take()).isInstanceOf(RunResult.Completed.class);
            assertThat(messages(runtime, BOB, "Atlas")).hasSize(2 * 65);
        }
    }

    private static void wasTheSixtyFifthToWait(RunResult<String> result) {
        assertThat(result).isInstanceOf(RunResult.Failed.class);
        var failure = ((RunResult.Failed<String>) result).failure();
        assertThat(failure).isEqualTo(new Conflict.Session("bob/Atlas", "Atlas", 64));
        assertThat(failure.message()).startsWith("64 runs wait for bob/Atlas");
    }

    @Test
    @Tag("AG-72")
    void aNestedRunIntoASessionThatItsAncestorHoldsIsRefusedAtOnce() throws Exception {
        var holder = new AtomicReference<AgentRuntime>();
        var inner = new AtomicReference<RunResult<String>>();
        var nesting =
                Tool.of(
                        "nest",
                        "Runs again",
                        Nothing.class,
                        _ -> {
                            inner.set(holder.get().run(ATLAS, Task.of("inner").in(BOB)));
                            return "ok";
                        });
        try (var runtime =
                runtime(ScriptedModel.of(call("nest", new Nothing()), text("outer")), nesting)) {
            holder.set(runtime);
            runtime.run(ATLAS.withTools("nest"), Task.of("x").in(BOB)).orThrow();
            assertThat(inner.get())
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isEqualTo(
                                                    new Conflict.Session("bob/Atlas", "Atlas", 0)));
        }
    }

    @Test
    @Tag("AG-74")
    void aFailureAfterAToolTurnLeavesAConversationThatTheNextRunCanContinue() throws Exception {
        var tool = Tool.of("note", "Notes", Nothing.class, _ -> "noted");
        var model =
                ScriptedModel.of(
                        call("note", new Nothing()),
                        fail(new ModelFailure.BadRequest("m", "no")),
                        text("back"));
        var agent = ATLAS.withTools("note");
        try (var runtime = runtime(model, tool)) {
            assertThat(runtime.run(agent, Task.of("one").in(BOB)).isCompleted()).isFalse();
            assertThat(messages(runtime, BOB, "Atlas")).hasSize(3);
            assertThat(runtime.run(agent, Task.of("two").in(BOB)).orThrow()).isEqualTo("back");
            var sent = model.calls().getLast().messages();
            var roles = sent.stream().map(Transcript::role).toList();
            assertThat(roles).containsExactly("system", "user", "assistant", "tool", "user");
            var called = ((Message.Assistant) sent.get(2)).calls().getFirst();
            assertThat(((Message.Results) sent.get(3)).results())
                    .containsExactly(new ToolResult(called.id(), "noted", false));
            assertThat(messages(runtime, BOB, "Atlas")).hasSize(5);
        }
    }

    @Test
    @Tag("AG-40")
    void theUsersMessageIsKeptWhenTheFirstModelCallFails() throws Exception {
        try (var runtime = runtime(always(fail(new ModelFailure.BadRequest("m", "no"))))) {
            runtime.run(ATLAS, Task.of("keep me").in(BOB));
            assertThat(messages(runtime, BOB, "Atlas"))
                    .extracting(Message::text)
                    .containsExactly("keep me");
        }
    }

    @Test
    @Tag("AG-74")
    void aBrokenStoredConversationIsMendedAndSaidSo() throws Exception {
        var at = Instant.EPOCH;
        var key = new SessionKey(BOB, "Atlas");
        try (var runtime = runtime(always(text("fine")))) {
            runtime.sessions()
                    .append(
                            key,
                            0,
                            SessionChange.of(
                                    List.of(
                                            Message.User.of("one", at),
                                            new Message.Assistant(
                                                    List.of(),
                                                    List.of(
                                                            new ToolCall("a", "x", Json.object()),
                                                            new ToolCall("b", "x", Json.object())),
                                                    at),
                                            new Message.Results(
                                                    List.of(
                                                            new ToolResult("b", "B", false),
                                                            new ToolResult("z", "Z", false)),
                                                    at),
                                            new Message.Results(
                                                    List.of(new ToolResult("y", "Y", false)), at)),
                                    at));
            runtime.run(ATLAS, Task.of("two").in(BOB)).orThrow();
            var stored = messages(runtime, BOB, "Atlas");
            assertThat(stored).hasSize(5);
            assertThat(((Message.Results) stored.get(2)).results())
                    .containsExactly(
                            new ToolResult("a", "no result was recorded", true),
                            new ToolResult("b", "B", false));
            assertThat(Facts.all(runtime, SessionEvent.SessionRepaired.class)).hasSize(3);
        }
    }
}
