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
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.failure.RunFailure;
import dev.skein.json.Json;
import dev.skein.policy.Budget;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunInfo;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.ManualClock;
import dev.skein.tool.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** Says and offers things of its own. */
    private static final Workflow<@Nullable Void, String> OTHER =
            Workflow.named(
                    "other",
                    (scope, _) -> {
                        scope.expose("theirs", "Theirs.", Nothing.class, _ -> "");
                        scope.emit("theirs", null);
                        return "other";
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
        var others = new CountDownLatch(4);
        Workflow<Integer, Integer> branch =
                Workflow.named(
                        "branch",
                        (_, n) -> {
                            if (n == 3) {
                                others.await();
                                throw new IllegalStateException("third");
                            }
                            others.countDown();
                            new CountDownLatch(1).await();
                            return n;
                        });
        Workflow<@Nullable Void, List<Integer>> body =
                Workflow.named(
                        "all", (scope, _) -> scope.each("b", List.of(1, 2, 3, 4, 5), 5, branch));
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("all", body, null);
            var failed = (RunResult.Failed<List<Integer>>) handle.result();
            assertThat(failed.failure().message()).contains("third");
            assertThat(runtime.roots()).isEmpty();
            assertThat(handle.children()).isEmpty();
            var ends = new TreeMap<String, RunStatus>();
            try (var events = handle.treeEvents(0)) {
                for (var entry : events)
                    if (entry.event() instanceof RunEvent.RunEnded(var outcome, _, _, _))
                        ends.put(entry.origin().path(), outcome.status());
            }
            assertThat(ends)
                    .containsExactly(
                            Map.entry("all", RunStatus.FAILED),
                            Map.entry("all/b/1", RunStatus.CANCELED),
                            Map.entry("all/b/2", RunStatus.CANCELED),
                            Map.entry("all/b/3", RunStatus.FAILED),
                            Map.entry("all/b/4", RunStatus.CANCELED),
                            Map.entry("all/b/5", RunStatus.CANCELED));
        }
    }

    @Test
    @Tag("WF-17")
    @Tag("WF-18")
    @Tag("WF-53")
    void aReaderBeforeAndOneAfterTheEndSeeTheSame() throws InterruptedException {
        var begun = new CountDownLatch(1);
        Workflow<@Nullable Void, Integer> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            begun.await();
                            scope.emit("hello", Map.of("n", 1));
                            return 42;
                        });
        Workflow<@Nullable Void, List<Entry>> body =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            var handle = scope.spawn("child", child, null);
                            var during = new ArrayList<Entry>();
                            try (var reader = handle.events()) {
                                during.add(reader.next(LONG).orElseThrow());
                                begun.countDown();
                                for (var entry : reader) during.add(entry);
                            }
                            assertThat(handle.await()).isEqualTo(42);
                            try (var reader = handle.events()) {
                                assertThat(reader).containsExactlyElementsOf(during);
                            }
                            return during;
                        });
        try (var runtime = AgentRuntime.open()) {
            var read = runtime.run(body, null).orThrow();
            assertThat(kinds(read))
                    .containsExactly("run_submitted", "run_started", "emitted", "run_ended");
            var ended = (RunEvent.RunEnded) read.getLast().event();
            var output = Objects.requireNonNull(ended.outcome().output());
            assertThat(runtime.journal().content(output)).contains("42");
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
    @Tag("WF-19")
    void theFailureOfAChildThatIsNotLinkedDisturbsNobody() throws InterruptedException {
        Workflow<@Nullable Void, String> child =
                Workflow.named(
                        "child",
                        (_, _) -> {
                            throw new IllegalStateException("boom");
                        });
        Workflow<@Nullable Void, String> body =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            var failed = (RunResult.Failed<?>) scope.spawn(child, null).result();
                            scope.emit("seen", failed.failure().message());
                            return failed.failure().code();
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow()).isEqualTo("run.threw");
        }
    }

    @Test
    @Tag("WF-18")
    void whatAChildRunsNeverTouchesItsHandle() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable String> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            var both = scope.run(OTHER, null) + OTHER.call(null);
                            scope.emit("own", both);
                            scope.expose("own", "Own.", Nothing.class, _ -> scope.done("end"));
                            return scope.await(String.class);
                        });
        Workflow<@Nullable Void, List<Entry>> body =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            var handle = scope.spawn("child", child, null);
                            assertThat(handle.call("own", null, Boolean.class)).isTrue();
                            assertThat(handle.await()).isEqualTo("end");
                            assertThat(handle.endpoints())
                                    .extracting(ToolSpec::name)
                                    .containsExactly("own");
                            var read = new ArrayList<Entry>();
                            try (var reader = handle.events()) {
                                reader.forEach(read::add);
                            }
                            return read;
                        });
        try (var runtime = AgentRuntime.open()) {
            var read = runtime.run(body, null).orThrow();
            assertThat(read)
                    .extracting(entry -> entry.origin().path())
                    .containsOnly("parent/child");
            assertThat(read)
                    .extracting(Entry::event)
                    .contains(new Event.Emitted("own", Json.of("otherother")))
                    .filteredOn(one -> one instanceof Event.Emitted)
                    .hasSize(1);
            assertThat(kinds(read)).endsWith("run_ended").containsOnlyOnce("run_ended");
        }
    }

    @Test
    @Tag("WF-07")
    void aChildCannotOutliveItsParentsDeadline() throws InterruptedException {
        var start = Instant.parse("2026-03-02T09:00:00Z");
        var clock = ManualClock.at(start);
        var hour = WAITS.with(Workflow.Options.none().withTimeout(Duration.ofHours(1)));
        Workflow<@Nullable Void, List<Instant>> body =
                Workflow.<@Nullable Void, List<Instant>>named(
                                "parent",
                                (scope, _) -> {
                                    clock.advance(Duration.ofSeconds(59));
                                    var handle = scope.spawn("child", hour, null);
                                    return Stream.of(scope.info(), handle.info())
                                            .map(RunInfo::deadline)
                                            .toList();
                                })
                        .with(Workflow.Options.none().withTimeout(Duration.ofMinutes(1)));
        try (var runtime = AgentRuntime.open(RuntimeConfig.defaults().withClock(clock))) {
            assertThat(runtime.run(body, null).orThrow())
                    .hasSize(2)
                    .containsOnly(start.plus(Duration.ofMinutes(1)));
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
