package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.codeOf;
import static dev.skein.checks.Flows.kinds;
import static dev.skein.checks.Flows.note;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.RunResult;
import dev.skein.checks.Flows.Nothing;
import dev.skein.failure.RunFailure;
import dev.skein.policy.Budget;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The runs below a workflow: fan-out, children, their handles, endpoints and events. */
class OffspringTest {
    private static final Workflow<@Nullable Void, @Nullable Void> WAITS =
            Workflow.named(
                    "waits",
                    (scope, _) -> {
                        scope.await();
                        return null;
                    });

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
                                during = kinds(reader);
                            }
                            assertThat(handle.await()).isEqualTo(42);
                            try (var reader = handle.events()) {
                                assertThat(kinds(reader)).isEqualTo(during);
                            }
                            return during;
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow())
                    .containsExactly("run_submitted", "run_started", "emitted", "run_ended");
        }
    }

    @Test
    @Tag("WF-57")
    @Tag("WF-58")
    @Tag("WF-59")
    void endpointsRunOneAtATimeInTheChildsScope() throws InterruptedException {
        record Add(int by) {}
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
                var types = kinds(events);
                assertThat(types.stream().filter("bubbled"::equals)).hasSize(1_001);
                assertThat(types).endsWith("run_ended");
            }
        }
    }

    @Test
    @Tag("WF-52")
    @Tag("WF-57")
    void anEndpointCanDecideTheOutcomeAndStillAnswer() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable String> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            scope.expose(
                                    "stop",
                                    "Stops.",
                                    Nothing.class,
                                    _ -> {
                                        scope.done("v");
                                        return "stopping";
                                    });
                            return scope.await(String.class);
                        });
        Workflow<@Nullable Void, String> body =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            var handle = scope.spawn("child", child, null);
                            var answer = handle.call("stop", null, String.class);
                            return answer + handle.await();
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow()).isEqualTo("stoppingv");
        }
    }

    @Test
    @Tag("WF-07")
    void aChildCannotOutliveItsParentsDeadline() throws InterruptedException {
        Workflow<@Nullable Void, Boolean> child =
                Workflow.<@Nullable Void, Boolean>named(
                                "child", (scope, _) -> scope.info().deadline() != null)
                        .with(Workflow.Options.none().withTimeout(Duration.ofHours(1)));
        Workflow<@Nullable Void, Boolean> body =
                Workflow.<@Nullable Void, Boolean>named(
                                "parent",
                                (scope, _) -> {
                                    var own = scope.info().deadline();
                                    var handle = scope.spawn("child", child, null);
                                    var its = handle.info().deadline();
                                    assertThat(own).isNotNull();
                                    assertThat(its).isNotNull();
                                    return own != null
                                            && its != null
                                            && Duration.between(its, own).abs().toSeconds() < 30;
                                })
                        .with(Workflow.Options.none().withTimeout(Duration.ofMinutes(1)));
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow()).isTrue();
        }
    }

    @Test
    @Tag("WF-17")
    void aRefusedSpawnLeavesNothing() throws InterruptedException {
        Workflow<@Nullable Void, Integer> body =
                Workflow.<@Nullable Void, Integer>named(
                                "parent",
                                (scope, _) -> {
                                    scope.spawn("w", WAITS, null);
                                    assertThat(codeOf(() -> scope.spawn("W", WAITS, null)))
                                            .isEqualTo("conflict.name");
                                    assertThat(codeOf(() -> scope.spawn("a/b", WAITS, null)))
                                            .isEqualTo("invalid.name");
                                    assertThat(codeOf(() -> scope.spawn("v", WAITS, null)))
                                            .isEqualTo("limit.budget");
                                    return scope.children().size();
                                })
                        .with(Workflow.Options.none().withBudget(Budget.unlimited().withSpawns(1)));
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("parent", body, null);
            assertThat(handle.await(LONG)).isEqualTo(1);
            try (var events = handle.treeEvents(0)) {
                var begun = new ArrayList<String>();
                for (var entry : events) note(entry, begun, new ArrayList<>());
                assertThat(begun).containsExactly("parent", "parent/w");
            }
        }
    }
}
