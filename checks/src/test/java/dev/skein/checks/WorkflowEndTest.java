package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.RunEvent;
import dev.skein.failure.SkeinException;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Budget;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a workflow's run ends, and that nothing of it is left. */
class WorkflowEndTest {
    record Nothing() {}

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Workflow<@Nullable Void, @Nullable Void> WAITS =
            Workflow.named(
                    "waits",
                    (scope, _) -> {
                        scope.await();
                        return null;
                    });

    private static ModelAgent<String> agent(String name) {
        return ModelAgent.of(name).withModel("script");
    }

    private static RuntimeConfig scripted(ScriptedModel model) {
        return RuntimeConfig.defaults().withNamedModel("script", model);
    }

    private static String codeOf(ThrowingCallable work) {
        var thrown = catchThrowableOfType(SkeinException.class, work);
        return thrown == null ? "" : thrown.failure().code();
    }

    private static long threadsOf(String word) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(word))
                .count();
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
        assertThat(threadsOf("skein:parent")).isZero();
    }

    private static void note(Entry entry, List<String> begun, List<String> ended) {
        if (entry.event() instanceof RunEvent.RunStarted) begun.add(entry.origin().path());
        if (entry.event() instanceof RunEvent.RunEnded) ended.add(entry.origin().path());
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
                assertThat(last).isInstanceOf(RunEvent.RunEnded.class);
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
    @Tag("WF-54")
    void aReaderThatComesTooLateIsToldHowMuchIsGone() throws InterruptedException {
        int emitted = 5_000;
        Workflow<@Nullable Void, @Nullable Void> body =
                Workflow.named(
                        "emits",
                        (scope, _) -> {
                            for (int i = 0; i < emitted; i++) scope.emit("n", i);
                            scope.await();
                            return null;
                        });
        try (var journal = Journal.inMemory(InstantSource.system(), 1_000, 1L << 30);
                var runtime = AgentRuntime.open(RuntimeConfig.defaults().withJournal(journal))) {
            var handle = runtime.spawn("emits", body, null);
            try (var live = handle.events()) {
                live.first(
                        Event.Emitted.class, event -> event.data().asLong() == emitted - 1, LONG);
            }
            long seen = 0;
            try (var late = handle.events()) {
                while (late.position() < emitted + 2) {
                    var entry = late.next(LONG).orElseThrow();
                    if (!(entry.event() instanceof Event.Gap)) seen++;
                }
                assertThat(seen + late.missing()).isEqualTo(emitted + 2);
                assertThat(late.missing()).isPositive();
                assertThat(seen).isLessThanOrEqualTo(1_000);
            }
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

    @Test
    @Tag("WF-28")
    void aScopeIsNotCurrentOutsideOfOne() {
        assertThat(Scope.current()).isEmpty();
    }
}
