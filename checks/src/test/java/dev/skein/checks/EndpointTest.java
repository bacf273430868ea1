package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.awaitWaiting;
import static dev.skein.checks.Flows.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.checks.Flows.Nothing;
import dev.skein.event.Event;
import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Functions that a run lets others call: before it is ready, meanwhile, and after its end. */
class EndpointTest {
    record Add(int by) {}

    /** A call by a thread of its own. */
    private record Calling<T>(FutureTask<T> task, Thread thread) {
        static <T> Calling<T> start(Callable<T> call) {
            var task = new FutureTask<>(call);
            return new Calling<>(task, Thread.ofVirtual().start(task));
        }

        T result() throws Exception {
            return task.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static Failure failureOf(RunHandle<?> run, String endpoint) {
        return catchThrowableOfType(
                        SkeinException.class, () -> run.call(endpoint, null, Object.class))
                .failure();
    }

    private static List<Event> emitted(RunHandle<?> run) {
        try (var reader = run.events()) {
            var emitted = new ArrayList<Event>();
            for (var entry : reader)
                if (entry.event() instanceof Event.Emitted said) emitted.add(said);
            return emitted;
        }
    }

    @Test
    @Tag("WF-57")
    @Tag("WF-58")
    @Tag("WF-59")
    void endpointsRunOneAtATimeInTheChildsScope() throws InterruptedException {
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
    @Tag("WF-58")
    void aCallWaitsForAnEndpointThatIsExposedLater() throws Exception {
        var expose = new CountDownLatch(1);
        Workflow<@Nullable Void, @Nullable String> late =
                Workflow.named(
                        "late",
                        (scope, _) -> {
                            expose.await();
                            scope.expose("end", "Ends it.", Nothing.class, _ -> scope.done("v"));
                            return scope.await(String.class);
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("late", late, null);
            var call = Calling.start(() -> handle.call("end", null, Boolean.class));
            awaitWaiting(call.thread());
            assertThat(handle.endpoints()).isEmpty();
            expose.countDown();
            assertThat(call.result()).isTrue();
            assertThat(handle.await(LONG)).isEqualTo("v");
        }
    }

    @Test
    @Tag("WF-58")
    void anUnknownEndpointOfARunThatIsReadyIsRefusedWithTheNamesThatThereAre()
            throws InterruptedException {
        Workflow<@Nullable Void, @Nullable Void> ready =
                Workflow.named(
                        "ready",
                        (scope, _) -> {
                            scope.expose("add_task", "Adds.", Nothing.class, _ -> "");
                            scope.expose("tasks", "All.", Nothing.class, _ -> "");
                            scope.ready();
                            new CountDownLatch(1).await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("ready", ready, null);
            handle.call("tasks", null, String.class);
            var failure = failureOf(handle, "add_tsk");
            assertThat(failure.code()).isEqualTo("missing.endpoint");
            assertThat(failure.message()).contains("add_tsk", "ready", "add_task", "tasks");
            assertThat(failure.remedy()).contains("add_task");
        }
    }

    @Test
    @Tag("WF-58")
    @Tag("WF-61")
    void theEndOfARunIsToldToWhoeverWaitsForAnEndpointOrForItsTurn() throws Exception {
        var fail = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var entered = new AtomicInteger();
        Workflow<@Nullable Void, @Nullable Void> doomed =
                Workflow.named(
                        "doomed",
                        (scope, _) -> {
                            scope.expose(
                                    "hold",
                                    "Holds.",
                                    Nothing.class,
                                    _ -> {
                                        inside.countDown();
                                        leave.await();
                                        return "left";
                                    });
                            scope.expose(
                                    "enter",
                                    "Counts.",
                                    Nothing.class,
                                    _ -> entered.incrementAndGet());
                            fail.await();
                            throw new IllegalStateException("boom");
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("doomed", doomed, null);
            var holds = Calling.start(() -> handle.call("hold", null, String.class));
            inside.await();
            var waiting = new ArrayList<Calling<Failure>>();
            for (var name : List.of("enter", "later"))
                waiting.add(Calling.start(() -> failureOf(handle, name)));
            for (var one : waiting) awaitWaiting(one.thread());
            fail.countDown();
            for (var one : waiting) assertEndedBy("boom", one.result());
            leave.countDown();
            assertThat(holds.result()).isEqualTo("left");
            assertEndedBy("boom", failureOf(handle, "enter"));
            assertThat(entered).hasValue(0);
        }
    }

    private static void assertEndedBy(String cause, Failure failure) {
        assertThat(failure.code()).isEqualTo("run.ended");
        assertThat(failure.cause())
                .hasValueSatisfying(first -> {
                    assertThat(first.code()).isEqualTo("run.threw");
                    assertThat(first.message()).contains(cause);
                });
    }

    @Test
    @Tag("WF-59")
    void whatAnEndpointEmitsIsSaidByItsRunAndNotByItsCaller() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable Void> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            scope.expose(
                                    "say",
                                    "Says it.",
                                    Nothing.class,
                                    _ -> Scope.current().orElseThrow().emit("said", 1));
                            scope.await();
                            return null;
                        });
        Workflow<@Nullable Void, RunHandle<?>> parent =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            var handle = scope.spawn("child", child, null);
                            handle.call("say", null, Long.class);
                            scope.emit("parent", 2);
                            return handle;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("parent", parent, null);
            assertThat(emitted(handle.await(LONG)))
                    .containsExactly(new Event.Emitted("said", Json.of(1)));
            assertThat(emitted(handle)).containsExactly(new Event.Emitted("parent", Json.of(2)));
        }
    }

    @Test
    @Tag("WF-57")
    @Tag("WF-59")
    void argumentsThatDoNotFitNeverReachTheCode() throws InterruptedException {
        var entered = new AtomicInteger();
        Workflow<@Nullable Void, @Nullable Void> counter =
                Workflow.named(
                        "counter",
                        (scope, _) -> {
                            scope.expose(
                                    "add", "Adds.", Add.class, add -> entered.addAndGet(add.by()));
                            scope.await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("counter", counter, null);
            var thrown =
                    catchThrowableOfType(
                            SkeinException.class,
                            () -> handle.call("add", Map.of("by", "three"), Integer.class));
            assertThat(thrown.failure().code()).isEqualTo("invalid.input");
            assertThat(thrown.failure().message()).contains("'add'", "/by");
            assertThat(entered).hasValue(0);
            assertThat(handle.call("add", new Add(3), Integer.class)).isEqualTo(3);
        }
    }

    @Test
    @Tag("WF-59")
    void anAnswerWithoutAJsonFormIsForCallersOfTheSameProgramOnly() throws Exception {
        var own = Thread.ofVirtual().unstarted(() -> {});
        var self = new ArrayList<Object>();
        self.add(self);
        Workflow<@Nullable Void, @Nullable Void> giver =
                Workflow.named(
                        "giver",
                        (scope, _) -> {
                            scope.expose("thread", "A thread.", Nothing.class, _ -> own);
                            scope.expose("self", "Has itself.", Nothing.class, _ -> self);
                            scope.expose("fine", "Text.", Nothing.class, _ -> List.of("fine"));
                            scope.await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("giver", giver, null);
            assertThat(handle.call("thread", null, Thread.class)).isSameAs(own);
            for (var name : List.of("thread", "self"))
                assertThat(
                                codeOf(() ->
                                        runtime.external(
                                                "test", () -> handle.call(name, null, Json.class))))
                        .as(name)
                        .isEqualTo("output.invalid");
            assertThat(runtime.external("test", () -> handle.call("fine", null, Json.class)))
                    .isEqualTo(Json.array(List.of(Json.of("fine"))));
        }
    }
}
