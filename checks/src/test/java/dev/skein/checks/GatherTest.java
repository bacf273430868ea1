package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.hang;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.RunEvent;
import dev.skein.failure.Limit;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Gather;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches: the same agent for many tasks. */
class GatherTest {
    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas");

    private static AgentRuntime runtime(ChatModel model) {
        return AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(model));
    }

    private static List<Task> tasks(int count) {
        return IntStream.range(0, count).mapToObj(i -> Task.of("task " + i)).toList();
    }

    /** Answers with what it was asked last. */
    private static ScriptedModel echo() {
        return always(call -> text(call.messages().getLast().text()).answer(call));
    }

    @Test
    void resultsStandInTaskOrderOnePerTask() throws Exception {
        try (var runtime = runtime(echo())) {
            var results = runtime.gather(AGENT, tasks(50), Gather.of(7));
            assertThat(results)
                    .extracting(RunResult::orThrow)
                    .containsExactlyElementsOf(
                            tasks(50).stream()
                                    .map(task -> "task " + tasks(50).indexOf(task))
                                    .toList());
            assertThat(Facts.all(runtime, RunEvent.BatchEnded.class))
                    .containsExactly(new RunEvent.BatchEnded(50, 0, 0));
        }
    }

    @Test
    void noTasksGiveNoResultsAndNoEntry() throws Exception {
        try (var runtime = runtime(echo())) {
            long before = runtime.journal().last();
            assertThat(runtime.gather(AGENT, List.of())).isEmpty();
            assertThat(runtime.journal().last()).isEqualTo(before);
        }
    }

    @Test
    void neverMoreRunAtOnceThanAllowedAndAllOfThemReallyDo() throws Exception {
        var open = new AtomicInteger();
        var most = new AtomicInteger();
        var barrier = new CyclicBarrier(4);
        ChatModel counting =
                new ChatModel() {
                    @Override
                    public ModelReply reply(ModelCall call, DeltaListener deltas)
                            throws InterruptedException {
                        most.accumulateAndGet(open.incrementAndGet(), Math::max);
                        try {
                            barrier.await();
                        } catch (java.util.concurrent.BrokenBarrierException e) {
                            throw new IllegalStateException(e);
                        } finally {
                            open.decrementAndGet();
                        }
                        return text("x").answer(call);
                    }

                    @Override
                    public ModelInfo info() {
                        return always(text("x")).info();
                    }
                };
        try (var runtime = runtime(counting)) {
            assertThat(runtime.gather(AGENT, tasks(20), Gather.of(4)))
                    .allMatch(RunResult::isCompleted);
        }
        assertThat(most).hasValue(4);
    }

    @Test
    void aFailingSlotFailsInItsPlace() throws Exception {
        var model =
                always(call ->
                        call.messages().getLast().text().equals("task 3")
                                ? ScriptedModel.fail(new ModelFailure.BadRequest("m", "no"))
                                        .answer(call)
                                : text("ok").answer(call));
        try (var runtime = runtime(model)) {
            var results = runtime.gather(AGENT, tasks(6), Gather.of(2));
            assertThat(results)
                    .extracting(RunResult::isCompleted)
                    .containsExactly(true, true, true, false, true, true);
        }
    }

    @Test
    void theFirstFailureCancelsTheRestWhenAskedTo() throws Exception {
        var model =
                always(call ->
                        call.messages().getLast().text().equals("task 1")
                                ? ScriptedModel.fail(new ModelFailure.BadRequest("m", "no"))
                                        .answer(call)
                                : hang().answer(call));
        try (var runtime = runtime(model)) {
            var results = runtime.gather(AGENT, tasks(10), Gather.of(3).failingFast());
            assertThat(results).hasSize(10);
            assertThat(results.get(1)).isInstanceOf(RunResult.Failed.class);
            assertThat(results.get(0))
                    .isInstanceOfSatisfying(
                            RunResult.Canceled.class,
                            canceled -> assertThat(canceled.reason()).startsWith("slot 2 failed"));
            assertThat(results.get(9)).isInstanceOf(RunResult.Canceled.class);
            assertThat(model.calls()).hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void whatHasNotEndedWhenTheTimeIsOverFailsForIt() throws Exception {
        var model =
                always(call ->
                        call.messages().getLast().text().equals("task 0")
                                ? text("quick").answer(call)
                                : hang().answer(call));
        try (var runtime = runtime(model)) {
            var results =
                    runtime.gather(AGENT, tasks(5), Gather.of(2).within(Duration.ofMillis(200)));
            assertThat(results.getFirst().orThrow()).isEqualTo("quick");
            assertThat(results.subList(1, 5))
                    .allSatisfy(result ->
                            assertThat(result)
                                    .isInstanceOfSatisfying(
                                            RunResult.Failed.class,
                                            failed ->
                                                    assertThat(failed.failure())
                                                            .isInstanceOf(Limit.Deadline.class)));
        }
    }

    @Test
    void interruptingTheCallerEndsEverySlotFirst() throws Exception {
        try (var runtime = runtime(always(hang()))) {
            var seen = new AtomicReference<Throwable>();
            var caller =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    runtime.gather(AGENT, tasks(5), Gather.of(5));
                                } catch (Throwable e) {
                                    seen.set(e);
                                }
                            });
            try (var reader = runtime.journal().read(dev.skein.event.Cursor.start())) {
                for (int i = 0; i < 5; i++)
                    assertThat(
                                    reader.first(
                                            dev.skein.event.ModelEvent.ModelAsked.class,
                                            _ -> true,
                                            Duration.ofSeconds(30)))
                            .isPresent();
            }
            caller.interrupt();
            caller.join();
            assertThat(seen.get()).isInstanceOf(InterruptedException.class);
            assertThat(Facts.all(runtime, RunEvent.RunEnded.class)).hasSize(5);
        }
    }

    @Test
    void twoTasksOfOneIdStartNothing() {
        try (var runtime = runtime(echo())) {
            assertThatThrownBy(() ->
                            runtime.gather(
                                    AGENT,
                                    List.of(Task.of("a").withId("x"), Task.of("b").withId("x"))))
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("'x'");
        }
    }
}
