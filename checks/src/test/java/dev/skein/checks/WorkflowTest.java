package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.codeOf;
import static dev.skein.checks.Flows.kinds;
import static dev.skein.checks.Flows.note;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.agent.RunResult;
import dev.skein.checks.Flows.Finish;
import dev.skein.event.RunStatus;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** What a workflow's run is: its result, its outcome, its threads. */
class WorkflowTest {
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
                var types = kinds(events);
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
                var types = kinds(events);
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

    @ParameterizedTest
    @NullAndEmptySource
    @Tag("WF-05")
    void anExceptionWithoutMessageShowsItsClass(@Nullable String message)
            throws InterruptedException {
        Workflow<@Nullable Void, String> body =
                Workflow.named(
                        "boom",
                        (_, _) -> {
                            throw new IllegalStateException(message);
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
    @Tag("WF-16")
    void aFailureThatAWorkflowDeclaresCarriesItsLabel() throws InterruptedException {
        Workflow<String, @Nullable Void> body =
                Workflow.named(
                        "declares",
                        (scope, label) -> {
                            assertThat(codeOf(() -> scope.fail("No Label", "x")))
                                    .isEqualTo("invalid.call");
                            scope.fail(label, "why");
                            scope.await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var many = (RunResult.Failed<@Nullable Void>) runtime.run(body, "too_many_rounds");
            assertThat(many.failure().code()).isEqualTo("run.failed");
            assertThat(many.failure().message()).contains("too_many_rounds");
            var gave = (RunResult.Failed<@Nullable Void>) runtime.run(body, "gave_up");
            assertThat(gave.failure().code()).isEqualTo("run.gave_up");
        }
    }

    @Test
    @Tag("WF-14")
    void anOutcomeOfAnotherTypeNamesBoth() throws InterruptedException {
        record A(int x) {}
        record B(String y) {}
        Workflow<@Nullable Void, String> body =
                Workflow.named(
                        "types",
                        (scope, _) -> {
                            scope.done(new A(1));
                            var thrown =
                                    catchThrowableOfType(
                                            SkeinException.class, () -> scope.await(B.class));
                            assertThat(scope.await(A.class)).isEqualTo(new A(1));
                            return thrown.failure().code() + " " + thrown.failure().message();
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow())
                    .startsWith("output.invalid")
                    .contains("B", "A");
        }
    }

    @Test
    @Tag("WF-02")
    @Tag("WF-01")
    void aPlainCallOfTheBodySharesTheScopeAndANestedCallDoesNot() throws InterruptedException {
        Workflow<Integer, String> inner =
                Workflow.named("inner", (scope, n) -> scope.info().path() + n);
        Workflow<@Nullable Void, List<String>> body =
                Workflow.named("outer", (scope, _) -> List.of(inner.run(scope, 1), inner.call(2)));
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("outer", body, null);
            assertThat(handle.await(LONG)).containsExactly("outer1", "outer/inner-12");
            try (var events = handle.treeEvents(0)) {
                var begun = new ArrayList<String>();
                for (var entry : events) note(entry, begun, new ArrayList<>());
                assertThat(begun).containsExactly("outer", "outer/inner-1");
            }
        }
    }

    @Test
    @Tag("WF-28")
    void aScopeIsNotCurrentOutsideOfOne() {
        assertThat(Scope.current()).isEmpty();
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
                            try (var socket = new Socket()) {
                                var link = Map.of("to", List.of(1, socket));
                                assertThatThrownBy(() -> scope.emit("link", link))
                                        .hasMessageContaining("$.to[1]")
                                        .hasMessageContaining("Socket");
                                assertThat(codeOf(() -> scope.emit("link", link)))
                                        .isEqualTo("invalid.event");
                            }
                            return "ok";
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("emits", body, null);
            handle.await(LONG);
            try (var events = handle.events()) {
                assertThat(kinds(events)).doesNotContain("emitted");
            }
        }
    }
}
