package dev.skein.checks;

import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.RunFailure;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Backoff;
import dev.skein.policy.RestartPolicy;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Supervisor;
import dev.skein.runtime.Supervisor.Child;
import dev.skein.runtime.Supervisor.Strategy;
import dev.skein.runtime.Supervisor.Work;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators ask of supervisors, and what those above and beside see of the children. */
class SupervisorEndpointTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RestartPolicy TRANSIENT =
            RestartPolicy.transientChild().withBackoff(Backoff.none());

    private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-02T09:00:00Z"));
    private final Wards wards = new Wards();
    private final AgentRuntime runtime =
            AgentRuntime.open(RuntimeConfig.defaults().withClock(clock));

    @AfterEach
    void close() {
        runtime.close();
    }

    private RunHandle<Map<String, RunResult<?>>> root(Supervisor supervisor) {
        return runtime.spawn("root", supervisor, null);
    }

    private static String ask(RunHandle<?> root, String endpoint, String id)
            throws InterruptedException {
        return String.valueOf(root.call(endpoint, Map.of("id", id), String.class));
    }

    @Test
    @Tag("WF-73")
    void childrenAreShownAsTheyAre() throws InterruptedException {
        var steady = new Backoff(Duration.ofSeconds(2), 1, Duration.ofSeconds(2), 0);
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ONE)
                                .child("a", wards.work(), TRANSIENT.withBackoff(steady))
                                .child("b", wards.work(), TRANSIENT)
                                .child("c", wards.work(), TRANSIENT));
        wards.fail("root/a", "no luck");
        wards.complete("root/c");
        Wards.awaited(root, "a", "starting");
        Wards.awaited(root, "c", "completed");
        clock.advance(Duration.ofMillis(500));
        assertThat(Wards.children(root))
                .containsExactly(
                        new Wards.Row("a", "starting", 1, "run.failed: Failed: no luck.", "PT1.5S"),
                        new Wards.Row("b", "running", 1, null, null),
                        new Wards.Row("c", "completed", 1, null, null));
        clock.advance(Duration.ofMillis(1_500));
        assertThat(Wards.awaited(root, "a", "running").attempt()).isEqualTo(2);
    }

    @Test
    @Tag("WF-73")
    void anOperatorStopsAndRestartsChildren() throws InterruptedException {
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ALL)
                                .child("a", wards.work(), TRANSIENT)
                                .child("b", wards.work(), TRANSIENT));
        try (var reader = root.treeEvents(0)) {
            Wards.next(reader, 3);
            ask(root, "stop_child", "a");
            assertThat(Wards.awaited(root, "a", "stopped").attempt()).isEqualTo(1);
            ask(root, "restart_child", "a");
            ask(root, "restart_child", "b");
            assertThat(Wards.next(reader, 4))
                    .containsExactly("-root/a canceled", "+root/a", "-root/b canceled", "+root/b");
            assertThat(Wards.refused(() -> ask(root, "stop_child", "nobody")))
                    .isEqualTo("missing.run");
        }
    }

    @Test
    @Tag("WF-73")
    void aRestartThatAnOperatorWantsDoesNotCount() throws InterruptedException {
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ONE)
                                .child("a", wards.work(), TRANSIENT)
                                .intensity(1, LONG));
        for (int i = 0; i < 5; i++) ask(root, "restart_child", "a");
        wards.fail("root/a");
        assertThat(Wards.awaited(root, "a", "running").id()).isEqualTo("a");
        wards.complete("root/a");
        assertThat(root.await(LONG)).containsOnlyKeys("a");
    }

    @Test
    @Tag("WF-73")
    @Tag("WF-72")
    void aTemplateMakesChildrenOnDemand() throws InterruptedException {
        var template = Work.template(wards.taking(), Wards.Job.class);
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ONE)
                                .child(Child.of("job", template, TRANSIENT)));
        var ids = new ArrayList<String>();
        for (var name : List.of("x", "y"))
            ids.add(root.call("start_child", new Wards.Job(name), String.class));
        assertThat(ids).containsExactly("job-1", "job-2");
        assertThat(Wards.refused(() -> root.call("start_child", Map.of("nam", 1), String.class)))
                .isEqualTo("invalid.input");
        wards.fail("root/job-1/ward-1");
        try (var reader = root.treeEvents(0)) {
            assertThat(
                            reader.first(
                                    WorkflowEvent.ChildRestarted.class,
                                    one -> one.child().equals("job-1"),
                                    LONG))
                    .isPresent();
        }
        wards.complete("root/job-1/ward-1");
        Wards.awaited(root, "job-1", "completed");
        ask(root, "stop_child", "job-2");
        Wards.awaited(root, "job-2", "stopped");
        assertThat(root.call("start_child", new Wards.Job("z"), String.class)).isEqualTo("job-3");
        assertThat(root.stop("enough", LONG)).isInstanceOf(RunResult.Canceled.class);
    }

    @Test
    @Tag("WF-73")
    void anOperatorHearsOfAStartThatFails() throws InterruptedException {
        var never = new CountDownLatch(1);
        Workflow<Wards.Job, String> deaf =
                Workflow.named(
                        "deaf",
                        (_, _) -> {
                            never.await();
                            return "never";
                        });
        var template = Work.template(deaf, Wards.Job.class);
        var job = Child.of("job", template, TRANSIENT).withReadyWithin(Duration.ofMillis(5));
        var plan =
                Supervisor.of(Strategy.ONE_FOR_ONE)
                        .child("a", wards.work(), TRANSIENT)
                        .child(job)
                        .intensity(0, LONG);
        try (var timed = AgentRuntime.open()) {
            var root = timed.spawn("root", plan, null);
            var start =
                    Wards.refused(() -> root.call("start_child", new Wards.Job("x"), String.class));
            assertThat(start).isEqualTo("limit.wait");
            assertThat(Wards.children(root)).extracting(Wards.Row::id).containsExactly("a");
        }
    }

    @Test
    @Tag("WF-67")
    void anAgentIsAChildToo() throws InterruptedException {
        var model = ScriptedModel.of(fail(new ModelFailure.BadRequest("m", "no")), text("ok"));
        var agent = ModelAgent.of("atlas").withModel("script");
        var policy = TRANSIENT.withEvenIfNotRetryable(true);
        var plan =
                Supervisor.of(Strategy.ONE_FOR_ONE)
                        .child(Child.of("a", Work.of(agent, Task.of("sing")), policy));
        var config = RuntimeConfig.defaults().withNamedModel("script", model);
        try (var agents = AgentRuntime.open(config)) {
            var root = agents.spawn("root", plan, null);
            var last = root.await(LONG).get("a");
            assertThat(last == null ? "nothing" : last.orThrow()).isEqualTo("ok");
            try (var reader = root.treeEvents(0)) {
                assertThat(Wards.rest(reader))
                        .containsExactly(
                                "+root",
                                "+root/a",
                                "-root/a failed",
                                "+root/a",
                                "-root/a completed",
                                "-root completed");
            }
        }
    }

    @Test
    @Tag("WF-73")
    @Tag("WF-55")
    void whatChildrenEmitIsSeenAboveUnderTheSourceOfTheOuterOne() throws InterruptedException {
        Workflow<@Nullable Void, String> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            scope.emit("hello", null);
                            return "done";
                        });
        Workflow<@Nullable Void, String> outer =
                Workflow.named(
                        "outer",
                        (scope, _) -> {
                            var plan =
                                    Supervisor.of(Strategy.ONE_FOR_ONE)
                                            .child("a", child, TRANSIENT);
                            var pool = scope.spawn("pool", plan, null);
                            scope.bubble(pool, "from-pool");
                            return String.join(",", pool.await().keySet());
                        });
        var root = runtime.spawn("root", outer, null);
        assertThat(root.await(LONG)).isEqualTo("a");
        var bubbled = new ArrayList<WorkflowEvent.Bubbled>();
        try (var reader = root.treeEvents(0)) {
            for (var entry : reader)
                if (entry.event() instanceof WorkflowEvent.Bubbled one) bubbled.add(one);
        }
        var emitted = bubbled.stream().filter(one -> one.path().equals("root/pool/a")).toList();
        assertThat(emitted)
                .extracting(WorkflowEvent.Bubbled::source)
                .containsExactlyInAnyOrder(null, null, "from-pool", "from-pool");
    }

    private static Workflow<@Nullable Void, String> within(Scenario scenario) {
        return Workflow.named(
                "within",
                (scope, _) -> {
                    scenario.play(scope);
                    return "played";
                });
    }

    private interface Scenario {
        void play(Scope scope) throws Exception;
    }

    @Test
    @Tag("WF-74")
    void oneThatIsLinkedFallsWithTheOther() throws InterruptedException {
        Scenario scenario =
                scope -> {
                    var a = scope.spawn("a", wards.work(), null);
                    var b = scope.spawn("b", wards.work(), null);
                    var c = scope.spawn("c", wards.work(), null);
                    scope.link(a, b);
                    wards.fail("root/a", "the cause");
                    assertThat(b.result())
                            .isInstanceOfSatisfying(
                                    RunResult.Failed.class,
                                    failed -> {
                                        var why = (RunFailure.Linked) failed.failure();
                                        assertThat(why.run()).isEqualTo("root/a");
                                        assertThat(why.message()).contains("the cause");
                                    });
                    scope.link(c, a);
                    assertThat(c.result().isCompleted()).isFalse();
                };
        assertThat(runtime.spawn("root", within(scenario), null).await(LONG)).isEqualTo("played");
    }

    @Test
    @Tag("WF-74")
    void oneThatCompletesTakesNobodyDown() throws InterruptedException {
        Scenario scenario =
                scope -> {
                    var a = scope.spawn("a", wards.work(), null);
                    var b = scope.spawn("b", wards.work(), null);
                    scope.link(a, b);
                    wards.complete("root/a");
                    a.await();
                    wards.complete("root/b");
                    assertThat(b.await()).isEqualTo("done");
                };
        assertThat(runtime.spawn("root", within(scenario), null).await(LONG)).isEqualTo("played");
    }

    @Test
    @Tag("WF-74")
    void aMonitorHearsOfAnEndOnceAlsoOfOneThatIsPast() throws InterruptedException {
        var heard = new LinkedBlockingQueue<String>();
        Scenario scenario =
                scope -> {
                    var a = scope.spawn("a", wards.work(), null);
                    scope.monitor(a, result -> heard.add("live " + result.isCompleted()));
                    wards.complete("root/a");
                    a.await();
                    assertThat(heard.take()).isEqualTo("live true");
                    scope.monitor(
                            a, _ -> heard.add(Scope.current().equals(Optional.of(scope)) + ""));
                    assertThat(heard.take()).isEqualTo("true");
                };
        assertThat(runtime.spawn("root", within(scenario), null).await(LONG)).isEqualTo("played");
        assertThat(heard).isEmpty();
    }
}
