package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.codeOf;
import static dev.skein.checks.Flows.note;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.RunResult;
import dev.skein.checks.Flows.Nothing;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.event.ToolEvent;
import dev.skein.failure.SkeinException;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.Leaks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a workflow's run ends, and that nothing of it is left. */
class WorkflowEndTest {
    private static final Workflow<@Nullable Void, @Nullable Void> WAITS =
            Workflow.named(
                    "waits",
                    (scope, _) -> {
                        scope.await();
                        return null;
                    });

    private static Workflow<@Nullable Void, @Nullable Void> parent(
            String name, Workflow<@Nullable Void, @Nullable Void> child, String... children) {
        return Workflow.named(
                name,
                (scope, _) -> {
                    for (var one : children) scope.spawn(one, child, null);
                    scope.await();
                    return null;
                });
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
        var middle = parent("middle", leaf, "a", "b");
        var top = parent("top", middle, "x", "y");
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
                var read = new ArrayList<Event>();
                for (var entry : events) read.add(entry.event());
                assertThat(read.getLast()).isInstanceOf(RunEvent.RunEnded.class);
                assertLeftBehind(read);
            }
            release.set(true);
            left.await();
            var refused = later.get();
            assertThat(refused == null ? "" : refused.failure().code()).isEqualTo("run.ended");
        }
    }

    /** One thread, with the code that it did not leave. */
    private static void assertLeftBehind(List<Event> events) {
        assertThat(events)
                .filteredOn(ToolEvent.ThreadAbandoned.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        ToolEvent.ThreadAbandoned.class,
                        gone -> {
                            assertThat(gone.thread()).contains("skein:deaf");
                            assertThat(gone.stack()).anyMatch(at -> at.contains("WorkflowEndTest"));
                            assertThat(gone.waited()).isEqualTo(Duration.ofMillis(50));
                        });
    }

    @Test
    @Tag("WF-20")
    @Tag("WF-61")
    @Tag("WF-62")
    void tenThousandChildrenEndInOrderWhenTheirScopeIsCanceled() throws InterruptedException {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        IO.println("seed " + seed);
        int children = 10_000;
        int canceledAt = new Random(seed).nextInt(1, children);
        var started = new CountDownLatch(canceledAt);
        Workflow<@Nullable Void, @Nullable Void> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            started.countDown();
                            scope.await();
                            return null;
                        });
        Workflow<@Nullable Void, @Nullable Void> parent =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            for (int i = 0; i < children; i++) scope.spawn("c" + i, child, null);
                            scope.await();
                            return null;
                        });
        var leaks = Leaks.before();
        try (var journal = Journal.inMemory(InstantSource.system(), 1_000_000, 1L << 30);
                var runtime = AgentRuntime.open(RuntimeConfig.defaults().withJournal(journal))) {
            var handle = runtime.spawn("parent", parent, null);
            started.await();
            assertThat(handle.stop("enough", LONG)).isInstanceOf(RunResult.Canceled.class);
            var begun = new ArrayList<String>();
            var ended = new ArrayList<String>();
            try (var events = handle.treeEvents(0)) {
                for (var entry : events) note(entry, begun, ended);
            }
            assertThat(begun).hasSizeGreaterThanOrEqualTo(canceledAt);
            assertThat(ended).isEqualTo(begun.reversed());
            assertThat(runtime.roots()).isEmpty();
        }
        leaks.after();
    }

    @Test
    @Tag("WF-20")
    void aParentThatReturnsTakesItsChildrenAndTheirSessionsWithIt() throws InterruptedException {
        var sessions = new AtomicReference<@Nullable AgentSession>();
        var open = new CountDownLatch(1);
        Workflow<@Nullable Void, @Nullable Void> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            sessions.set(scope.open(agent("worker")));
                            open.countDown();
                            scope.await();
                            return null;
                        });
        Workflow<@Nullable Void, String> parent =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            scope.spawn("child", child, null);
                            open.await();
                            return "left";
                        });
        try (var runtime = AgentRuntime.open(scripted(always(text("ok"))))) {
            assertThat(runtime.run(parent, null).orThrow()).isEqualTo("left");
            var session = sessions.get();
            assertThat(session == null ? "" : session.state().name()).isEqualTo("ENDED");
        }
    }

    @Test
    @Tag("WF-21")
    void aRunThatIsCanceledAtOnceEndsAndItsReadersToo() throws InterruptedException {
        var ran = new AtomicInteger();
        try (var runtime = AgentRuntime.open()) {
            for (int i = 0; i < 200; i++) {
                Workflow<@Nullable Void, @Nullable Void> body =
                        Workflow.named(
                                "body",
                                (scope, _) -> {
                                    scope.await();
                                    ran.incrementAndGet();
                                    return null;
                                });
                var handle = runtime.spawn("body", body, null);
                handle.cancel("at once");
                Event last = null;
                try (var events = handle.events()) {
                    for (var entry : events) last = entry.event();
                }
                assertThat(last)
                        .isInstanceOfSatisfying(
                                RunEvent.RunEnded.class,
                                ended ->
                                        assertThat(ended.outcome().status())
                                                .isEqualTo(RunStatus.CANCELED));
            }
            assertThat(ran.get()).isZero();
        }
    }

    @Test
    @Tag("WF-22")
    @Tag("WF-29")
    void aHandleAnswersLongAfterTheEnd() throws InterruptedException {
        Workflow<@Nullable Void, String> body = Workflow.named("body", (_, _) -> "kept");
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("body", body, null);
            handle.await();
            assertThat(handle.await(Duration.ofMillis(1))).isEqualTo("kept");
            handle.cancel("too late");
            assertThat(handle.result().isCompleted()).isTrue();
            assertThat(handle.id()).matches("[0-9a-hjkmnp-tv-z]{26}");
            assertThat(codeOf(() -> handle.call("x", null, Object.class))).isEqualTo("run.ended");
        }
    }

    @Test
    @Tag("WF-64")
    void whoeverWaitsInANestedRunAndIsInterruptedCancelsIt() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var gone = new AtomicBoolean();
        Workflow<@Nullable Void, @Nullable Void> nested =
                Workflow.named(
                        "nested",
                        (scope, _) -> {
                            inside.countDown();
                            try {
                                scope.await();
                            } finally {
                                gone.set(true);
                            }
                            return null;
                        });
        Workflow<@Nullable Void, Boolean> body =
                Workflow.named(
                        "outer",
                        (scope, _) -> {
                            var interrupted = new AtomicBoolean();
                            var caller =
                                    Thread.ofVirtual()
                                            .start(() -> {
                                                try {
                                                    scope.run(nested, null);
                                                } catch (InterruptedException e) {
                                                    interrupted.set(gone.get());
                                                }
                                            });
                            inside.await();
                            caller.interrupt();
                            caller.join();
                            return interrupted.get();
                        });
        try (var runtime = AgentRuntime.open()) {
            assertThat(runtime.run(body, null).orThrow()).isTrue();
        }
    }

    @Test
    @Tag("WF-11")
    void aRuntimeThatClosesCancelsItsRootsAndTakesNoMore() throws InterruptedException {
        var runtime = AgentRuntime.open();
        var one = runtime.spawn("one", WAITS, null);
        var two = runtime.spawn("two", WAITS, null);
        assertThat(runtime.roots()).hasSize(2);
        runtime.close();
        assertThat(one.result()).isInstanceOf(RunResult.Canceled.class);
        assertThat(two.result()).isInstanceOf(RunResult.Canceled.class);
        assertThat(codeOf(() -> runtime.spawn("three", WAITS, null))).isEqualTo("runtime.closed");
    }

    @Test
    @Tag("WF-60")
    void aCancelReachesAToolThatIsUnderWay() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        Workflow<@Nullable Void, @Nullable Void> body =
                Workflow.named(
                        "tools",
                        (scope, _) -> {
                            var worker = scope.open(agent("worker"));
                            worker.on(
                                    "hang",
                                    "Hangs.",
                                    Nothing.class,
                                    _ -> {
                                        inside.countDown();
                                        try {
                                            new CountDownLatch(1).await();
                                        } finally {
                                            interrupted.countDown();
                                        }
                                        return "never";
                                    });
                            worker.send("go");
                            scope.await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open(scripted(always(call("hang", Map.of()))))) {
            var handle = runtime.spawn("tools", body, null);
            inside.await();
            assertThat(handle.stop("enough", LONG)).isInstanceOf(RunResult.Canceled.class);
            interrupted.await();
        }
    }
}
