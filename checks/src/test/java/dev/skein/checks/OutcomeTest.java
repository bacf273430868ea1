package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.RunResult;
import dev.skein.checks.Flows.Finish;
import dev.skein.event.Entry;
import dev.skein.event.RunEvent;
import dev.skein.event.ToolEvent;
import dev.skein.failure.Limit;
import dev.skein.json.Json;
import dev.skein.models.ScriptedModel;
import dev.skein.models.ScriptedModel.Step;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the outcome of a workflow is, for its caller, its agents, its waiters and its files. */
class OutcomeTest {
    @TempDir private Path folder;

    @Test
    @Tag("WF-04")
    @Tag("WF-06")
    void whatTheBodyReturnsIsSaidToItsCallerInItsLastEntryAndInItsFile()
            throws InterruptedException, IOException {
        Workflow<@Nullable Void, Integer> answer =
                Workflow.named(
                        "answer",
                        (scope, _) -> {
                            scope.done("x");
                            return 42;
                        });
        var home = Environment.of(Map.of("SKEIN_HOME", folder.toString()));
        String id;
        try (var runtime = AgentRuntime.open(RuntimeConfig.defaults().withEnvironment(home))) {
            var handle = runtime.spawn("answer", answer, null);
            id = handle.id();
            assertThat(handle.await(LONG)).isEqualTo(42);
            var entries = Facts.ofRun(runtime, id);
            assertThat(entries)
                    .extracting(Entry::event)
                    .filteredOn(RunEvent.RunEnded.class::isInstance)
                    .singleElement()
                    .isEqualTo(entries.getLast().event())
                    .isInstanceOfSatisfying(
                            RunEvent.RunEnded.class,
                            ended -> {
                                var output = ended.outcome().output();
                                assertThat(output).isNotNull();
                                if (output != null)
                                    assertThat(runtime.journal().content(output)).contains("42");
                            });
        }
        var file = folder.resolve("runs").resolve(id).resolve("result.json");
        var result = Json.parse(Files.readAllBytes(file));
        assertThat(result.get("status").text()).isEqualTo("completed");
        assertThat(result.get("output")).isEqualTo(Json.of(42));
    }

    @Test
    @Tag("WF-12")
    @Tag("WF-15")
    void aHandlerThatFailsTheRunAnswersItsAgentFirst() throws InterruptedException {
        var model = ScriptedModel.of(call("refuse", new Finish("bad input")), text("never read"));
        var seen =
                Flows.run(
                        scripted(model),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.on(
                                    "refuse",
                                    "Refuses the task.",
                                    Finish.class,
                                    finish -> {
                                        scope.fail(finish.summary());
                                        return "Noted.";
                                    });
                            worker.send("Go on.");
                            return scope.await(String.class);
                        });
        var failed = (RunResult.Failed<@Nullable Object>) seen.result();
        assertThat(failed.failure().code()).isEqualTo("run.failed");
        assertThat(failed.failure().message()).contains("bad input");
        assertThat(seen.all(ToolEvent.ToolReturned.class))
                .singleElement()
                .satisfies(returned -> {
                    assertThat(returned.error()).isFalse();
                    assertThat(returned.result().size()).isEqualTo("Noted.".length());
                });
        var kinds = seen.kinds();
        assertThat(kinds.indexOf("tool_returned"))
                .isGreaterThan(kinds.indexOf("outcome_decided"))
                .isLessThan(kinds.lastIndexOf("run_ended"));
    }

    @Test
    @Tag("WF-08")
    void aPassedDeadlineNamesItsLimitAndWhatEachSessionDid() throws InterruptedException {
        var clock = ManualClock.at(Instant.parse("2026-03-02T09:00:00Z"));
        var busy = new CountDownLatch(1);
        Step hangs =
                _ -> {
                    busy.countDown();
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("a latch that nobody counts down");
                };
        Workflow<@Nullable Void, String> body =
                Workflow.<@Nullable Void, String>named(
                                "slow",
                                (scope, _) -> {
                                    scope.open(agent("rests"));
                                    scope.open(agent("works")).send("go");
                                    new CountDownLatch(1).await();
                                    return "never";
                                })
                        .with(Workflow.Options.none().withTimeout(Duration.ofSeconds(90)));
        var config = scripted(ScriptedModel.always(hangs)).withClock(clock);
        try (var runtime = AgentRuntime.open(config)) {
            var handle = runtime.spawn("slow", body, null);
            busy.await();
            clock.advance(Duration.ofSeconds(90));
            var failed = (RunResult.Failed<String>) handle.result();
            assertThat(failed.failure()).isInstanceOf(Limit.Deadline.class);
            assertThat(failed.failure().message())
                    .contains("90 s of 'slow'", "rests IDLE for 90 s", "works WORKING for 90 s");
        }
    }

    @Test
    @Tag("WF-13")
    void aWaiterThatIsInterruptedDoesNotDamageTheOutcome() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable String> body =
                Workflow.named(
                        "patient",
                        (scope, _) -> {
                            var interrupted = new AtomicBoolean();
                            var waiter =
                                    Thread.ofVirtual()
                                            .start(() -> {
                                                try {
                                                    scope.await(String.class);
                                                } catch (InterruptedException e) {
                                                    interrupted.set(true);
                                                }
                                            });
                            Flows.awaitWaiting(waiter);
                            waiter.interrupt();
                            assertThat(waiter.join(LONG)).isTrue();
                            assertThat(interrupted).isTrue();
                            assertThat(scope.done("v")).isTrue();
                            return scope.await(String.class) + " " + scope.await(String.class);
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow()).isEqualTo("v v");
        }
    }
}
