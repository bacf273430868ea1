package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skein.agent.RunResult;
import dev.skein.event.EventReader;
import dev.skein.event.RunEvent;
import dev.skein.event.ToolEvent;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.Limit;
import dev.skein.failure.RunFailure;
import dev.skein.policy.Backoff;
import dev.skein.policy.Environment;
import dev.skein.policy.RestartPolicy;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
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
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a supervisor starts a child again, and how long it lets it start. */
class SupervisorTimeTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RestartPolicy TRANSIENT = RestartPolicy.transientChild();
    private static final RestartPolicy AT_ONCE = TRANSIENT.withBackoff(Backoff.none());
    private static final RestartPolicy STEADY =
            TRANSIENT.withBackoff(
                    new Backoff(Duration.ofMillis(500), 1, Duration.ofMillis(500), 0));

    private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-02T09:00:00Z"));
    private final Wards wards = new Wards();
    private final AgentRuntime runtime =
            AgentRuntime.open(
                    RuntimeConfig.defaults()
                            .withClock(clock)
                            .withRandom(new SplittableRandom(7))
                            .withEnvironment(Environment.of(Map.of("SKEIN_HOME", "/dev/null"))));

    @AfterEach
    void close() {
        runtime.close();
    }

    private RunHandle<Map<String, RunResult<?>>> root(Supervisor supervisor) {
        return runtime.spawn("root", supervisor, null);
    }

    /** Fails it, and says how long the supervisor waits then. */
    private Duration delay(RunHandle<?> root, int restart) throws InterruptedException {
        wards.fail("root/a");
        try (var reader = root.events()) {
            return reader.first(
                            WorkflowEvent.ChildRestarted.class,
                            one -> one.attempt() == restart + 1,
                            LONG)
                    .orElseThrow()
                    .delay();
        }
    }

    private void pass(Duration delay) throws InterruptedException {
        clock.awaitWaiters(1);
        clock.advance(delay);
    }

    @Test
    @Tag("WF-71")
    void theDelayGrowsAndBeginsAnewAfterAHealthyLife() throws InterruptedException {
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ONE)
                                .child("a", wards.work(), TRANSIENT)
                                .intensity(10, LONG));
        try (var reader = root.treeEvents(0)) {
            Wards.next(reader, 2);
            var delays = new ArrayList<Duration>();
            for (int restart = 1; restart <= 4; restart++) {
                if (restart == 4) clock.advance(Duration.ofSeconds(60));
                var delay = delay(root, restart);
                delays.add(delay);
                pass(delay.minusNanos(1));
                assertThat(Wards.children(root).getFirst().state()).isEqualTo("starting");
                clock.advance(Duration.ofNanos(1));
                assertThat(Wards.next(reader, 2)).endsWith("+root/a");
            }
            var wanted = List.of(500L, 1_000L, 2_000L, 500L);
            for (int i = 0; i < wanted.size(); i++)
                assertThat(delays.get(i).toMillis())
                        .isCloseTo(wanted.get(i), within(wanted.get(i) / 5));
            assertThat(delays).doesNotHaveDuplicates();
        }
    }

    @Test
    @Tag("WF-71")
    void stoppingItDuringADelayEndsAtOnce() throws InterruptedException {
        var root = root(Supervisor.of(Strategy.ONE_FOR_ONE).child("a", wards.work(), TRANSIENT));
        delay(root, 1);
        assertThat(root.stop("enough", LONG)).isInstanceOf(RunResult.Canceled.class);
        clock.advance(Duration.ofHours(1));
        assertThat(wards.began("root/a")).hasSize(1);
    }

    @Test
    @Tag("WF-68")
    @Tag("WF-71")
    void aGroupThatWaitsIsTakenUpByALaterOne() throws InterruptedException {
        var root =
                root(
                        Supervisor.of(Strategy.REST_FOR_ONE)
                                .child("a", wards.work(), STEADY)
                                .child("b", wards.work(), STEADY)
                                .child("c", wards.work(), STEADY));
        try (var reader = root.treeEvents(0)) {
            Wards.next(reader, 4);
            wards.fail("root/b");
            Wards.next(reader, 2);
            Wards.awaited(root, "c", "starting");
            pass(Duration.ofMillis(100));
            delay(root, 1);
            Wards.awaited(root, "a", "starting");
            pass(Duration.ofMillis(450));
            assertThat(Wards.children(root)).extracting(Wards.Row::state).containsOnly("starting");
            clock.advance(Duration.ofMillis(50));
            assertThat(Wards.next(reader, 4))
                    .containsExactly("-root/a failed", "+root/a", "+root/b", "+root/c");
        }
    }

    @Test
    @Tag("WF-69")
    void onlyRestartsWithinThePeriodCount() throws InterruptedException {
        var plan =
                Supervisor.of(Strategy.ONE_FOR_ONE)
                        .child("a", wards.work(), AT_ONCE)
                        .intensity(2, Duration.ofSeconds(10));
        var root = root(plan);
        try (var reader = root.treeEvents(0)) {
            Wards.next(reader, 2);
            for (int i = 0; i < 5; i++) {
                wards.fail("root/a");
                assertThat(Wards.next(reader, 2)).containsExactly("-root/a failed", "+root/a");
                clock.advance(Duration.ofSeconds(6));
            }
            wards.fail("root/a");
            Wards.next(reader, 2);
            wards.fail("root/a");
            assertThat(Wards.rest(reader)).containsExactly("-root/a failed", "-root failed");
        }
        var failure = ((RunResult.Failed<?>) root.result()).failure();
        assertThat(((RunFailure.Escalated) failure).times()).isEqualTo(3);
    }

    private static Workflow<@Nullable Void, String> neverReady() {
        return Workflow.named(
                "never-ready",
                (_, _) -> {
                    new CountDownLatch(1).await();
                    return "never";
                });
    }

    @Test
    @Tag("WF-66")
    @Tag("WF-71")
    void aStartThatTakesTooLongCountsAsARestart() throws InterruptedException {
        var late =
                Child.of("late", Work.of(neverReady()), AT_ONCE)
                        .withReadyWithin(Duration.ofHours(1));
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ONE)
                                .child("a", wards.work(), AT_ONCE)
                                .child(late)
                                .child("after", wards.work(), AT_ONCE)
                                .intensity(2, Duration.ofHours(9)));
        for (int tries = 0; tries < 3; tries++) {
            clock.awaitWaiters(1);
            clock.advance(Duration.ofHours(1));
        }
        var failure = ((RunResult.Failed<?>) root.result()).failure();
        var escalated = (RunFailure.Escalated) failure;
        assertThat(escalated.times()).isEqualTo(3);
        assertThat(escalated.causes()).hasSize(3).hasOnlyElementsOfType(Limit.Wait.class);
        try (var reader = root.treeEvents(0)) {
            assertThat(Wards.rest(reader))
                    .contains("+root/a", "-root/a canceled")
                    .doesNotContain("+root/after")
                    .filteredOn("-root/late failed"::equals)
                    .hasSize(3);
        }
        assertThat(attempts(root)).containsExactly(1, 2, 3);
    }

    private static List<Integer> attempts(RunHandle<?> root) {
        var attempts = new ArrayList<Integer>();
        try (EventReader reader = root.treeEvents(0)) {
            for (var entry : reader)
                if (entry.event() instanceof RunEvent.RunStarted started
                        && entry.origin().path().endsWith("/late")) attempts.add(started.attempt());
        }
        return attempts;
    }

    @Test
    @Tag("WF-66")
    void theNextOneStartsWhenTheOneBeforeIsReady() throws InterruptedException {
        var go = new CountDownLatch(1);
        Workflow<@Nullable Void, @Nullable Void> slow =
                Workflow.named(
                        "slow",
                        (scope, _) -> {
                            go.await();
                            scope.emit("up", null);
                            scope.await();
                            return null;
                        });
        var first = Child.of("first", Work.of(slow), AT_ONCE).withReadyWithin(LONG);
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ONE)
                                .child(first)
                                .child("next", wards.work(), AT_ONCE));
        try (var reader = root.treeEvents(0)) {
            assertThat(Wards.next(reader, 2)).endsWith("+root/first");
            go.countDown();
            var kinds = new ArrayList<String>();
            while (!kinds.contains("run_started"))
                kinds.add(reader.next(LONG).orElseThrow().event().kind());
            assertThat(kinds).containsSubsequence("emitted", "run_started");
        }
    }

    @Test
    @Tag("WF-71")
    void stoppingItWhileAnOperatorWaitsForAStartEndsAtOnce() throws Exception {
        var late = Child.of("late", Work.of(neverReady()), AT_ONCE).withReadyWithin(LONG);
        var template =
                Work.template(
                        Workflow.<Wards.Job, String>named("t", (s, _) -> neverReady().run(s, null)),
                        Wards.Job.class);
        var job = new Child("job", template, AT_ONCE, late.readyWithin(), false);
        var root = root(Supervisor.of(Strategy.ONE_FOR_ONE).child(job));
        var operator =
                Thread.ofVirtual()
                        .start(() ->
                                Wards.refused(() ->
                                        root.call(
                                                "start_child", new Wards.Job("x"), String.class)));
        try (var reader = root.treeEvents(0)) {
            assertThat(Wards.next(reader, 2)).endsWith("+root/job-1");
            assertThat(root.stop("enough", LONG)).isInstanceOf(RunResult.Canceled.class);
            assertThat(reader).noneMatch(one -> one.event() instanceof ToolEvent.ThreadAbandoned);
        }
        assertThat(operator.join(LONG)).isTrue();
    }
}
