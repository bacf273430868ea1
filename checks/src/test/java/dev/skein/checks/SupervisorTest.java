package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.RunResult;
import dev.skein.event.Entry;
import dev.skein.event.RunEvent;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.policy.Backoff;
import dev.skein.policy.RestartPolicy;
import dev.skein.policy.RestartPolicy.Kind;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RunInfo;
import dev.skein.runtime.Supervisor;
import dev.skein.runtime.Supervisor.Strategy;
import dev.skein.runtime.Supervisor.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a supervisor starts and stops, in which order, and when it gives up. */
class SupervisorTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RestartPolicy TRANSIENT = atOnce(RestartPolicy.transientChild());
    private static final RestartPolicy PERMANENT = atOnce(RestartPolicy.permanent());
    private static final RestartPolicy TEMPORARY = atOnce(RestartPolicy.temporary());
    private static final Failure WRONG = new Invalid.Call("The definition is wrong.", "Mend it.");

    private final AgentRuntime runtime = AgentRuntime.open();
    private final Wards wards = new Wards();

    @AfterEach
    void close() {
        runtime.close();
    }

    private static RestartPolicy atOnce(RestartPolicy policy) {
        return policy.withBackoff(Backoff.none());
    }

    private Supervisor three(Strategy strategy, RestartPolicy policy) {
        return Supervisor.of(strategy)
                .child("a", wards.work(), policy)
                .child("b", wards.work(), policy)
                .child("c", wards.work(), policy);
    }

    private RunHandle<Map<String, RunResult<?>>> root(Supervisor supervisor) {
        return runtime.spawn("root", supervisor, null);
    }

    /** Fails the only child so often, each time when it runs, and reads all that there is. */
    private List<Entry> failing(RunHandle<?> root, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) wards.fail("root/a", "time " + i);
        root.result();
        var entries = new ArrayList<Entry>();
        try (var reader = root.treeEvents(0)) {
            reader.forEach(entries::add);
        }
        return entries;
    }

    private static RunFailure.Escalated escalated(RunHandle<?> root) throws InterruptedException {
        var failed = (RunResult.Failed<?>) root.result();
        return (RunFailure.Escalated) failed.failure();
    }

    @ParameterizedTest
    @Tag("WF-66")
    @Tag("WF-68")
    @CsvSource({
        "ONE_FOR_ONE, -b +b",
        "ONE_FOR_ALL, -b -c -a +a +b +c",
        "REST_FOR_ONE, -b -c +b +c",
    })
    void theStrategySaysWhoIsStartedAgain(Strategy strategy, String expected) throws Exception {
        var root = root(three(strategy, TRANSIENT));
        try (var reader = root.treeEvents(0)) {
            assertThat(Wards.next(reader, 4))
                    .containsExactly("+root", "+root/a", "+root/b", "+root/c");
            wards.fail("root/b");
            var marks = Wards.next(reader, expected.split(" ", -1).length);
            var shown = marks.stream().map(mark -> mark.replaceAll("root/| .*", "")).toList();
            assertThat(String.join(" ", shown)).isEqualTo(expected);
            root.cancel("enough");
            assertThat(Wards.rest(reader))
                    .containsExactly(
                            "-root/c canceled",
                            "-root/b canceled",
                            "-root/a canceled",
                            "-root canceled");
        }
    }

    @ParameterizedTest
    @Tag("WF-67")
    @CsvSource({
        "TRANSIENT, complete, false",
        "TRANSIENT, fail, true",
        "TRANSIENT, cancel, false",
        "TEMPORARY, fail, false",
        "TEMPORARY, complete, false",
        "PERMANENT, complete, true",
        "PERMANENT, fail, true",
        "PERMANENT, cancel, false",
    })
    void theKindSaysWhatIsStartedAgain(Kind kind, String end, boolean again) throws Exception {
        var policy =
                switch (kind) {
                    case PERMANENT -> PERMANENT;
                    case TRANSIENT -> TRANSIENT;
                    case TEMPORARY -> TEMPORARY;
                };
        var keeper = "root/keeper";
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ONE)
                                .child("a", wards.work(), policy)
                                .child("keeper", wards.work(), TRANSIENT));
        try (var reader = root.treeEvents(0)) {
            Wards.next(reader, 3);
            switch (end) {
                case "complete" -> wards.complete("root/a");
                case "fail" -> wards.fail("root/a");
                default -> Wards.at(root, "root/a").cancel("an operator wants it");
            }
            assertThat(Wards.next(reader, 1).getFirst()).startsWith("-root/a");
            wards.fail(keeper);
            var marks = Wards.next(reader, again ? 3 : 2);
            assertThat(marks.contains("+root/a")).isEqualTo(again);
            assertThat(marks).contains("-" + keeper + " failed", "+" + keeper);
        }
    }

    @Test
    @Tag("WF-67")
    void thereAreNeverTwoIncarnationsAtOnce() throws InterruptedException {
        var root = root(three(Strategy.ONE_FOR_ALL, TRANSIENT).intensity(100, LONG));
        try (var reader = root.treeEvents(0)) {
            var marks = new ArrayList<>(Wards.next(reader, 4));
            for (var child : List.of("b", "a", "c", "a", "b")) {
                wards.fail("root/" + child);
                marks.addAll(Wards.next(reader, 6));
            }
            for (var child : List.of("a", "b", "c")) {
                var its = marks.stream().filter(mark -> mark.contains("/" + child)).toList();
                assertThat(its).hasSize(11);
                for (int i = 0; i < its.size(); i++)
                    assertThat(its.get(i)).startsWith(i % 2 == 0 ? "+" : "-");
            }
        }
    }

    @Test
    @Tag("WF-68")
    void aTemporarySiblingStaysDownAndOneThatHadEndedComesAlong() throws InterruptedException {
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ALL)
                                .child("done", wards.work(), TRANSIENT)
                                .child("guest", wards.work(), TEMPORARY)
                                .child("a", wards.work(), TRANSIENT));
        try (var reader = root.treeEvents(0)) {
            Wards.next(reader, 4);
            wards.complete("root/done");
            Wards.next(reader, 1);
            wards.fail("root/a");
            assertThat(Wards.next(reader, 4))
                    .containsExactly(
                            "-root/a failed", "-root/guest canceled", "+root/done", "+root/a");
        }
    }

    @Test
    @Tag("WF-69")
    void tooManyRestartsStopAllInReverseAndTellTheCauses() throws InterruptedException {
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ONE)
                                .child("a", wards.work(), TRANSIENT)
                                .child("b", wards.work(), TRANSIENT)
                                .child("c", wards.work(), TRANSIENT));
        var entries = failing(root, 4);
        var failure = escalated(root);
        assertThat(failure.child()).isEqualTo("a");
        assertThat(failure.times()).isEqualTo(4);
        assertThat(failure.causes()).extracting(Failure::message).hasSize(4);
        assertThat(failure.causes().getLast().message()).contains("time 3");
        assertThat(failure.message()).contains("'a' failed 4 times in 300 s").contains("time 3");
        var marks = entries.stream().map(Wards::mark).filter(mark -> mark != null).toList();
        assertThat(marks.subList(marks.size() - 4, marks.size()))
                .containsExactly(
                        "-root/a failed", "-root/c canceled", "-root/b canceled", "-root failed");
        assertThat(entries.stream().map(Entry::event))
                .filteredOn(WorkflowEvent.Escalated.class::isInstance)
                .containsExactly(new WorkflowEvent.Escalated("a", 3, failure.causes()));
    }

    @Test
    @Tag("WF-69")
    void sixteenCausesAreKept() throws InterruptedException {
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ONE)
                                .child("a", wards.work(), TRANSIENT)
                                .intensity(20, LONG));
        failing(root, 21);
        assertThat(escalated(root).times()).isEqualTo(21);
        assertThat(escalated(root).causes()).hasSize(16);
        assertThat(escalated(root).causes().getFirst().message()).contains("time 5");
    }

    @Test
    @Tag("WF-70")
    void whatIsNotRetryableEscalatesAtOnce() throws InterruptedException {
        var root = root(three(Strategy.ONE_FOR_ONE, TRANSIENT));
        wards.fail("root/b", WRONG);
        assertThat(escalated(root).times()).isEqualTo(1);
        assertThat(escalated(root).causes()).containsExactly(WRONG);
        assertThat(wards.began("root/b")).hasSize(1);
    }

    @Test
    @Tag("WF-70")
    void itIsStartedAgainAllTheSameWhereThePolicySaysSo() throws InterruptedException {
        var root = root(three(Strategy.ONE_FOR_ONE, TRANSIENT.withEvenIfNotRetryable(true)));
        for (int i = 0; i < 4; i++) wards.fail("root/b", WRONG);
        assertThat(escalated(root).times()).isEqualTo(4);
        assertThat(wards.began("root/b")).hasSize(4);
    }

    @Test
    @Tag("WF-24")
    void anIncarnationKnowsItsNumberAndWhyTheLastOneEnded() throws InterruptedException {
        var root = root(Supervisor.of(Strategy.ONE_FOR_ONE).child("a", wards.work(), PERMANENT));
        var knew = new ArrayList<String>();
        try (var reader = root.treeEvents(0)) {
            Wards.next(reader, 2);
            for (var end : List.of("first", "", "third", "")) {
                knew.add(shown(Wards.at(root, "root/a").info()));
                if (end.isEmpty()) wards.complete("root/a");
                else wards.fail("root/a", end);
                Wards.next(reader, 2);
            }
        }
        assertThat(knew).containsExactly("1 none", "2 first", "3 none", "4 third");
    }

    private static String shown(RunInfo info) {
        var previous = info.previousFailure();
        var why = previous == null ? "none" : ((RunFailure.Failed) previous).said();
        return info.attempt() + " " + why;
    }

    @Test
    @Tag("WF-69")
    void aSupervisorAboveStartsTheWholeOneBelowAgain() throws InterruptedException {
        var inner = three(Strategy.ONE_FOR_ONE, TRANSIENT).intensity(0, LONG);
        var child = Supervisor.Child.of("inner", Work.of(inner), TRANSIENT).withReadyWithin(LONG);
        var root = root(Supervisor.of(Strategy.ONE_FOR_ONE).child(child));
        try (var reader = root.treeEvents(0)) {
            Wards.next(reader, 5);
            wards.fail("root/inner/a");
            assertThat(Wards.next(reader, 8))
                    .containsExactly(
                            "-root/inner/a failed",
                            "-root/inner/c canceled",
                            "-root/inner/b canceled",
                            "-root/inner failed",
                            "+root/inner",
                            "+root/inner/a",
                            "+root/inner/b",
                            "+root/inner/c");
        }
        assertThat(Wards.at(root, "root/inner").info().previousFailure())
                .isInstanceOf(RunFailure.Escalated.class);
    }

    @Test
    @Tag("WF-72")
    void itCompletesWithTheLastResultOfEachChild() throws InterruptedException {
        var root =
                root(
                        Supervisor.of(Strategy.ONE_FOR_ONE)
                                .child("a", wards.work(), TRANSIENT)
                                .child("b", wards.work(), TEMPORARY));
        wards.fail("root/a");
        wards.complete("root/a");
        wards.fail("root/b");
        var results = root.await(LONG);
        assertThat(results.keySet()).containsExactly("a", "b");
        assertThat(results.get("a")).isInstanceOf(RunResult.Completed.class);
        assertThat(results.get("b")).isInstanceOf(RunResult.Failed.class);
        try (var reader = root.events()) {
            var ended = reader.first(RunEvent.RunEnded.class, _ -> true, LONG).orElseThrow();
            var output = Objects.requireNonNull(ended.outcome().output());
            var kept = Json.parse(runtime.journal().content(output).orElseThrow());
            assertThat(kept.get("a").canonical())
                    .isEqualTo("{\"status\":\"completed\",\"output\":\"done\"}");
            assertThat(kept.get("b").get("failure").get("code").text()).isEqualTo("run.failed");
        }
    }

    @ParameterizedTest
    @Tag("WF-72")
    @CsvSource({"ANY_SIGNIFICANT, 1", "ALL_SIGNIFICANT, 2"})
    void significantChildrenEndIt(Supervisor.AutoShutdown shutdown, int needed) throws Exception {
        var plan =
                Supervisor.of(Strategy.ONE_FOR_ONE)
                        .withAutoShutdown(shutdown)
                        .child("p", wards.work(), PERMANENT);
        for (int i = 1; i <= 2; i++)
            plan =
                    plan.child(
                            Supervisor.Child.of("s" + i, Work.of(wards.work()), TRANSIENT)
                                    .withSignificant(true));
        var root = root(plan);
        wards.fail("root/s1");
        for (int i = 1; i <= needed; i++) wards.complete("root/s" + i);
        assertThat(root.await(LONG).get("p")).isInstanceOf(RunResult.Canceled.class);
        assertThat(wards.began("root/s1")).hasSize(2);
    }

    @Test
    @Tag("WF-72")
    void withAPermanentChildItRunsUntilItIsStopped() throws InterruptedException {
        var root = root(Supervisor.of(Strategy.ONE_FOR_ONE).child("a", wards.work(), PERMANENT));
        try (var reader = root.treeEvents(0)) {
            Wards.next(reader, 2);
            Wards.at(root, "root/a").cancel("an operator wants it");
            Wards.next(reader, 1);
            assertThat(Wards.awaited(root, "a", "canceled").attempt()).isEqualTo(1);
            root.cancel("enough");
            assertThat(Wards.rest(reader)).containsExactly("-root canceled");
        }
    }

    @Test
    @Tag("WF-66")
    void aPlanThatCannotBeIsRefused() {
        var one = Supervisor.of(Strategy.ONE_FOR_ONE).child("a", wards.work(), TRANSIENT);
        assertThatThrownBy(() -> one.child("A", wards.work(), TRANSIENT))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("'A'");
        assertThatThrownBy(() -> one.child("a/b", wards.work(), TRANSIENT))
                .isInstanceOf(SkeinException.class);
        assertThatThrownBy(() -> one.intensity(-1, LONG)).isInstanceOf(SkeinException.class);
        assertThatThrownBy(() -> one.intensity(1, Duration.ZERO))
                .isInstanceOf(SkeinException.class);
        var template = Work.template(wards.taking(), Wards.Job.class);
        var templated = one.child(Supervisor.Child.of("job", template, TRANSIENT));
        assertThatThrownBy(() -> templated.child(Supervisor.Child.of("b", template, TRANSIENT)))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("two templates");
    }
}
