package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.hang;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.failure.RuntimeFailure;
import dev.skein.failure.SkeinException;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ends from outside: deadlines, interrupts, cancels, close. */
class CancelTest {
    record Nothing() {}

    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas");

    @Test
    @Tag("AG-10")
    void aPassedDeadlineIsAFailureWithOneEnd() throws Exception {
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(always(hang())))) {
            var result = runtime.run(AGENT, Task.of("x").withDeadline(Duration.ofMillis(200)));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isInstanceOf(Limit.Deadline.class));
            assertThat(Facts.all(runtime, RunEvent.RunEnded.class)).hasSize(1);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    @Tag("AG-11")
    void anInterruptedCallerGetsItsInterruptAfterTheRunsEndIsRecorded() throws Exception {
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(always(hang())))) {
            var seen = new AtomicReference<Throwable>();
            var caller =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    runtime.run(AGENT, Task.of("x"));
                                } catch (Throwable e) {
                                    seen.set(e);
                                }
                            });
            awaitStarted(runtime);
            caller.interrupt();
            caller.join();
            assertThat(seen.get()).isInstanceOf(InterruptedException.class);
            assertThat(Facts.all(runtime, RunEvent.RunEnded.class))
                    .singleElement()
                    .satisfies(ended ->
                            assertThat(ended.outcome().status()).isEqualTo(RunStatus.CANCELED));
        }
    }

    private static void awaitStarted(AgentRuntime runtime) throws InterruptedException {
        try (var reader = runtime.journal().read(dev.skein.event.Cursor.start())) {
            assertThat(
                            reader.first(
                                    dev.skein.event.ModelEvent.ModelAsked.class,
                                    _ -> true,
                                    Duration.ofSeconds(30)))
                    .isPresent();
        }
    }

    @Test
    @Tag("AG-11")
    void aCanceledRunKeepsItsFinishedTurnsAndInterruptsItsTool() throws Exception {
        var entered = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var tool =
                Tool.of(
                        "work",
                        "Works",
                        Nothing.class,
                        _ -> {
                            if (entered.getCount() == 0) return "first";
                            entered.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                                throw e;
                            }
                            return "never";
                        });
        var quick = Tool.of("quick", "Is quick", Nothing.class, _ -> "done");
        var model =
                ScriptedModel.of(
                        call("quick", new Nothing()), call("work", new Nothing()), text("x"));
        try (var runtime =
                AgentRuntime.open(
                        RuntimeConfig.of(AGENT).withModel(model).withTools(tool, quick))) {
            var handle = runtime.spawn(AGENT.withTools("work", "quick"), Task.of("x"));
            entered.await();
            var result = handle.stop("enough", Duration.ofSeconds(30));
            interrupted.await();
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Canceled.class,
                            canceled -> assertThat(canceled.reason()).isEqualTo("enough"));
            assertThat(result.work().partial().messages()).hasSize(3);
            assertThat(handle.status()).isEqualTo(RunStatus.CANCELED);
        }
    }

    @Test
    @Tag("AG-13")
    void closingCancelsWhatRunsAndTwiceIsHarmless() throws Exception {
        var runtime = AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(always(hang())));
        var handle = runtime.spawn(AGENT, Task.of("x"));
        awaitStarted(runtime);
        runtime.close();
        runtime.close();
        assertThat(handle.result()).isInstanceOf(RunResult.Canceled.class);
        assertThatThrownBy(() -> runtime.run(AGENT, Task.of("x")))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> assertThat(e.failure()).isEqualTo(new RuntimeFailure.Closed()));
    }

    @Test
    @Tag("AG-13")
    void closingFromInsideARunIsRefusedNotADeadlock() throws Exception {
        var holder = new AtomicReference<AgentRuntime>();
        var refused = new AtomicReference<Throwable>();
        var closing =
                Tool.of(
                        "close",
                        "Closes",
                        Nothing.class,
                        _ -> {
                            try {
                                holder.get().close();
                            } catch (SkeinException e) {
                                refused.set(e);
                            }
                            return "tried";
                        });
        var model = ScriptedModel.of(call("close", new Nothing()), text("still here"));
        try (var runtime =
                AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(model).withTools(closing))) {
            holder.set(runtime);
            assertThat(runtime.run(AGENT.withTools("close"), Task.of("x")).orThrow())
                    .isEqualTo("still here");
        }
        assertThat(refused.get())
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Invalid.Call.class));
    }

    @Test
    @Tag("AG-13")
    void drainingTakesNothingNewAndWaits() throws Exception {
        try (var runtime =
                AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(always(text("x"))))) {
            runtime.run(AGENT, Task.of("x")).orThrow();
            assertThat(runtime.drain(Duration.ofSeconds(1))).isTrue();
            assertThatThrownBy(() -> runtime.run(AGENT, Task.of("x")))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.failure()).isEqualTo(new RuntimeFailure.Draining()));
        }
    }

    @Test
    void aWaiterThatGivesUpLeavesTheRunAlone() throws Exception {
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(always(hang())))) {
            var handle = runtime.spawn(AGENT, Task.of("x"));
            assertThatThrownBy(() -> handle.await(Duration.ofMillis(20)))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.failure()).isInstanceOf(Limit.Wait.class));
            assertThat(handle.status().ended()).isFalse();
        }
    }
}
