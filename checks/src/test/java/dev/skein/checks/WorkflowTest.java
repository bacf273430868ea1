package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.event.Entry;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.failure.Limit;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a workflow's run is: its result, its outcome, its children, its end. */
class WorkflowTest {
    record Finish(String summary) {}

    private static final Duration LONG = Duration.ofSeconds(30);

    private static RuntimeConfig scripted(ScriptedModel model) {
        return RuntimeConfig.defaults().withNamedModel("script", model);
    }

    private static ModelAgent<String> agent(String name) {
        return ModelAgent.of(name).withModel("script");
    }

    private static List<String> types(Iterable<Entry> entries) {
        var types = new ArrayList<String>();
        for (var entry : entries) types.add(entry.event().kind());
        return types;
    }

    private static String codeOf(ThrowingCallable work) {
        var thrown = catchThrowableOfType(SkeinException.class, work);
        return thrown == null ? "" : thrown.failure().code();
    }

    @Test
    @Tag("WF-01")
    @Tag("WF-04")
    @Tag("WF-06")
    void theResultIsWhatTheBodyReturnsAndRunEndedIsTheLastEntry() throws InterruptedException {
        Workflow<@Nullable Void, Integer> answer =
                Workflow.named(
                        "answer",
                        (scope, _) -> {
                            assertThat(scope.done("x")).isTrue();
                            return 42;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("answer", answer, null);
            assertThat(handle.await(LONG)).isEqualTo(42);
            try (var events = handle.events()) {
                var types = types(events);
                assertThat(types)
                        .containsExactly(
                                "run_submitted", "run_started", "outcome_decided", "run_ended");
            }
            assertThat(handle.status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    @Tag("WF-12")
    @Tag("WF-15")
    void aHandlerThatCallsDoneAnswersItsAgentFirst() throws InterruptedException {
        var model =
                ScriptedModel.of(call("finish", Map.of("summary", "hello")), text("never read"));
        Workflow<String, String> task =
                Workflow.named(
                        "task",
                        (scope, spec) -> {
                            var worker = scope.open(agent("worker"));
                            worker.on(
                                    "finish",
                                    "Call when done.",
                                    Finish.class,
                                    finish -> {
                                        scope.done(finish.summary());
                                        return "Recorded.";
                                    });
                            worker.send("Task: " + spec);
                            return scope.await(String.class);
                        });
        try (var runtime = AgentRuntime.open(scripted(model))) {
            var handle = runtime.spawn("task", task, "sing");
            assertThat(handle.await(LONG)).isEqualTo("hello");
            try (var events = handle.treeEvents(0)) {
                var types = types(events);
                assertThat(types).contains("tool_returned", "session_opened", "message_seen");
                assertThat(types.getLast()).isEqualTo("run_ended");
                assertThat(types.indexOf("tool_returned"))
                        .isGreaterThan(types.indexOf("outcome_decided"));
            }
        }
    }

    @Test
    @Tag("WF-12")
    void theFirstDecisionCounts() throws InterruptedException {
        var decided = new ArrayList<Boolean>();
        Workflow<@Nullable Void, @Nullable String> body =
                Workflow.named(
                        "first",
                        (scope, _) -> {
                            decided.add(scope.done("a"));
                            decided.add(scope.done("b"));
                            decided.add(scope.fail("c"));
                            return scope.await(String.class);
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow()).isEqualTo("a");
            assertThat(decided).containsExactly(true, false, false);
        }
    }

    @Test
    @Tag("WF-08")
    void aBodyThatOutlivesItsTimeFailsWithTheLimit() throws InterruptedException {
        Workflow<@Nullable Void, String> body =
                Workflow.<@Nullable Void, String>named(
                                "slow",
                                (_, _) -> {
                                    new CountDownLatch(1).await();
                                    return "never";
                                })
                        .with(Workflow.Options.none().withTimeout(Duration.ofMillis(100)));
        try (var runtime = AgentRuntime.open()) {
            var failed = (RunResult.Failed<String>) runtime.run(body, null);
            assertThat(failed.failure()).isInstanceOf(Limit.Deadline.class);
            assertThat(failed.failure().message()).contains("100 ms").contains("slow");
        }
    }

    @Test
    @Tag("WF-05")
    void anExceptionWithoutMessageShowsItsClass() throws InterruptedException {
        Workflow<@Nullable Void, String> body =
                Workflow.named(
                        "boom",
                        (_, _) -> {
                            throw new IllegalStateException();
                        });
        try (var runtime = AgentRuntime.open()) {
            var failed = (RunResult.Failed<String>) runtime.run(body, null);
            assertThat(failed.failure().code()).isEqualTo("run.threw");
            assertThat(failed.failure().message()).contains("IllegalStateException");
        }
    }

    @Test
    @Tag("WF-13")
    void aWaiterThatLeavesDoesNotDamageTheOutcome() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable String> body =
                Workflow.named(
                        "patient",
                        (scope, _) -> {
                            assertThat(
                                            codeOf(() ->
                                                    scope.await(
                                                            String.class, Duration.ofMillis(50))))
                                    .isEqualTo("limit.wait");
                            scope.done("v");
                            return scope.await(String.class);
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow()).isEqualTo("v");
        }
    }

    @Test
    @Tag("WF-03")
    void aThreadOfOnesOwnHasTheScopeOnlyIfItIsBound() throws InterruptedException {
        Workflow<@Nullable Void, List<Boolean>> body =
                Workflow.named(
                        "threads",
                        (scope, _) -> {
                            var seen = new ArrayList<Boolean>();
                            var plain =
                                    Thread.ofVirtual()
                                            .start(() -> seen.add(Scope.current().isPresent()));
                            plain.join();
                            var bound =
                                    Thread.ofVirtual()
                                            .start(
                                                    scope.bind(() ->
                                                            seen.add(Scope.current().isPresent())));
                            bound.join();
                            return seen;
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow()).containsExactly(false, true);
        }
    }

    @Test
    @Tag("WF-09")
    void aFanOutKeepsItsOrderAndItsLimit() throws InterruptedException {
        var live = new AtomicInteger();
        var most = new AtomicInteger();
        Workflow<Integer, Integer> square =
                Workflow.named(
                        "square",
                        (scope, n) -> {
                            most.accumulateAndGet(live.incrementAndGet(), Math::max);
                            scope.open(agent("worker")).ask("hello");
                            live.decrementAndGet();
                            return n * n;
                        });
        Workflow<@Nullable Void, List<Integer>> body =
                Workflow.named(
                        "all",
                        (scope, _) ->
                                scope.each(
                                        "squares",
                                        IntStream.range(0, 20).boxed().toList(),
                                        4,
                                        square));
        try (var runtime = AgentRuntime.open(scripted(always(text("hi"))))) {
            assertThat(runtime.run(body, null).orThrow())
                    .isEqualTo(IntStream.range(0, 20).map(n -> n * n).boxed().toList());
            assertThat(most.get()).isBetween(1, 4);
        }
    }

    @Test
    @Tag("WF-09")
    void aBranchThatFailsEndsTheOthers() throws InterruptedException {
        Workflow<Integer, Integer> branch =
                Workflow.named(
                        "branch",
                        (_, n) -> {
                            if (n == 3) throw new IllegalStateException("third");
                            new CountDownLatch(1).await();
                            return n;
                        });
        Workflow<@Nullable Void, List<Integer>> body =
                Workflow.named(
                        "all", (scope, _) -> scope.each("b", List.of(1, 2, 3, 4, 5), 5, branch));
        try (var runtime = AgentRuntime.open()) {
            var failed = (RunResult.Failed<List<Integer>>) runtime.run(body, null);
            assertThat(failed.failure().message()).contains("third");
            assertThat(runtime.roots()).isEmpty();
        }
    }

    @Test
    @Tag("WF-17")
    @Tag("WF-18")
    @Tag("WF-53")
    void aReaderBeforeAndOneAfterTheEndSeeTheSame() throws InterruptedException {
        Workflow<@Nullable Void, Integer> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            scope.emit("hello", Map.of("n", 1));
                            return 42;
                        });
        Workflow<@Nullable Void, List<String>> body =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            var handle = scope.spawn("child", child, null);
                            List<String> during;
                            try (var reader = handle.events()) {
                                during = types(reader);
                            }
                            assertThat(handle.await()).isEqualTo(42);
                            try (var reader = handle.events()) {
                                assertThat(types(reader)).isEqualTo(during);
                            }
                            return during;
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow())
                    .containsExactly("run_submitted", "run_started", "emitted", "run_ended");
        }
    }

    @Test
    @Tag("WF-60")
    void aTreeIsCanceledDeepestFirst() throws InterruptedException {
        var deep = new CountDownLatch(4);
        Workflow<@Nullable Void, @Nullable Void> leaf =
                Workflow.named(
                        "leaf",
                        (scope, _) -> {
                            deep.countDown();
                            scope.await();
                            return null;
                        });
        Workflow<@Nullable Void, @Nullable Void> middle =
                Workflow.named(
                        "middle",
                        (scope, _) -> {
                            scope.spawn("a", leaf, null);
                            scope.spawn("b", leaf, null);
                            scope.await();
                            return null;
                        });
        Workflow<@Nullable Void, @Nullable Void> top =
                Workflow.named(
                        "top",
                        (scope, _) -> {
                            scope.spawn("x", middle, null);
                            scope.spawn("y", middle, null);
                            scope.await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("top", top, null);
            deep.await();
            var result = handle.stop("enough", LONG);
            assertThat(result).isInstanceOf(RunResult.Canceled.class);
            var ends = new ArrayList<String>();
            try (var events = handle.treeEvents(0)) {
                for (var entry : events)
                    if (entry.event() instanceof RunEvent.RunEnded) ends.add(entry.origin().path());
            }
            assertThat(ends)
                    .containsExactly(
                            "top/y/b", "top/y/a", "top/y", "top/x/b", "top/x/a", "top/x", "top");
        }
    }

    @Test
    @Tag("WF-63")
    void aBodyThatIgnoresItsInterruptIsLeftBehind() throws InterruptedException {
        var started = new CountDownLatch(1);
        var release = new AtomicBoolean();
        var later = new AtomicReference<@Nullable SkeinException>();
        var left = new CountDownLatch(1);
        Workflow<@Nullable Void, String> deaf =
                Workflow.<@Nullable Void, String>named(
                                "deaf",
                                (scope, _) -> {
                                    started.countDown();
                                    while (!release.get()) Thread.onSpinWait();
                                    try {
                                        scope.emit("late", null);
                                    } catch (SkeinException e) {
                                        later.set(e);
                                    }
                                    left.countDown();
                                    return "late";
                                })
                        .with(Workflow.Options.none().withStopWithin(Duration.ofMillis(50)));
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("deaf", deaf, null);
            started.await();
            assertThat(handle.stop("enough", LONG)).isInstanceOf(RunResult.Canceled.class);
            try (var events = handle.events()) {
                assertThat(types(events)).contains("thread_abandoned").endsWith("run_ended");
            }
            release.set(true);
            left.await();
            var refused = later.get();
            assertThat(refused == null ? "" : refused.failure().code()).isEqualTo("run.ended");
        }
    }

    @Test
    @Tag("WF-57")
    @Tag("WF-58")
    @Tag("WF-59")
    void endpointsRunOneAtATimeInTheChildsScope() throws InterruptedException {
        record Add(int by) {}
        record Nothing() {}
        Workflow<@Nullable Void, @Nullable Void> counter =
                Workflow.named(
                        "counter",
                        (scope, _) -> {
                            int[] count = {0};
                            scope.expose("add", "Adds.", Add.class, add -> count[0] += add.by());
                            scope.expose("count", "The count.", Nothing.class, _ -> count[0]);
                            scope.await();
                            return null;
                        });
        Workflow<@Nullable Void, Integer> body =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            var child = scope.spawn("counter", counter, null);
                            var all = new ArrayList<Thread>();
                            for (int i = 0; i < 500; i++)
                                all.add(
                                        Thread.ofVirtual()
                                                .start(
                                                        scope.bind(() -> {
                                                            try {
                                                                child.call(
                                                                        "add",
                                                                        new Add(1),
                                                                        Integer.class);
                                                            } catch (InterruptedException e) {
                                                                Thread.currentThread().interrupt();
                                                            }
                                                        })));
                            for (var one : all) one.join();
                            assertThat(codeOf(() -> child.call("ad", null, Object.class)))
                                    .isEqualTo("missing.endpoint");
                            var count = child.call("count", null, Integer.class);
                            return count == null ? -1 : count;
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow()).isEqualTo(500);
        }
    }

    @Test
    @Tag("WF-19")
    void aLinkedChildsFailureIsItsParentsFailure() throws InterruptedException {
        Workflow<@Nullable Void, String> child =
                Workflow.<@Nullable Void, String>named(
                                "child",
                                (_, _) -> {
                                    throw new IllegalStateException("boom");
                                })
                        .with(Workflow.Options.none().withLinked(true));
        Workflow<@Nullable Void, @Nullable Void> body =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            scope.spawn("child", child, null);
                            scope.await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var failed = (RunResult.Failed<@Nullable Void>) runtime.run(body, null);
            assertThat(failed.failure()).isInstanceOf(RunFailure.Linked.class);
            assertThat(failed.failure().cause().orElseThrow().message()).contains("boom");
        }
    }

    @Test
    @Tag("WF-55")
    void whatAChildEmitsBubblesUpBeforeItsParentEnds() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable Void> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            for (int i = 0; i < 1_000; i++) scope.emit("n", i);
                            return null;
                        });
        Workflow<@Nullable Void, @Nullable Void> body =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            var handle = scope.spawn("child", child, null);
                            scope.bubble(handle, "c");
                            handle.await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("parent", body, null);
            handle.await(LONG);
            try (var events = handle.events()) {
                var types = types(events);
                assertThat(types.stream().filter("bubbled"::equals)).hasSize(1_001);
                assertThat(types).endsWith("run_ended");
            }
        }
    }

    @Test
    @Tag("WF-36")
    void aQuestionIsAnsweredAsTextOrAsAType() throws InterruptedException {
        record Verdict(boolean ok) {}
        var model = ScriptedModel.of(text("plain"), text("{\"ok\": true}"));
        Workflow<@Nullable Void, String> body =
                Workflow.named(
                        "asks",
                        (scope, _) -> {
                            var judge = scope.open(agent("judge"));
                            var said = judge.ask("Well?");
                            var verdict = judge.ask("And?", Verdict.class);
                            return said + verdict.ok();
                        });
        try (var runtime = AgentRuntime.open(scripted(model))) {
            assertThat(runtime.run(body, null).orThrow()).isEqualTo("plaintrue");
        }
    }

    @Test
    @Tag("WF-52")
    void whatCannotBeEmittedIsNamed() throws InterruptedException {
        Workflow<@Nullable Void, String> body =
                Workflow.named(
                        "emits",
                        (scope, _) -> {
                            assertThatThrownBy(
                                            () -> scope.emit("score", Map.of("score", Double.NaN)))
                                    .hasMessageContaining("$.score");
                            assertThat(codeOf(() -> scope.emit("Bad Type", null)))
                                    .isEqualTo("invalid.event");
                            var self = new ArrayList<Object>();
                            self.add(self);
                            assertThatThrownBy(() -> scope.emit("loop", self))
                                    .hasMessageContaining("contains itself");
                            return "ok";
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("emits", body, null);
            handle.await(LONG);
            try (var events = handle.events()) {
                assertThat(types(events)).doesNotContain("emitted");
            }
        }
    }
}
