package dev.skein.checks;

import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.ToolEvent;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.testkit.ManualClock;
import dev.skein.tool.Effect;
import dev.skein.tool.Handler;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolResult;
import dev.skein.tool.TrustLevel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that come to nothing: what the model is told, and what is recorded. */
class ErrorResultTest {
    record Nothing() {}

    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas").withTools("look");

    private static Tool look(Handler<Nothing> handler) {
        return Tool.of("look", "Looks", Nothing.class, handler);
    }

    private static ToolResult resultOf(Tool look) throws InterruptedException {
        var model = ScriptedModel.of(call("look", new Nothing()), text("done"));
        var config = RuntimeConfig.of(AGENT).withModel(model).withTools(look);
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(AGENT, Task.of("x")).orThrow()).isEqualTo("done");
        }
        return first(model);
    }

    private static ToolResult first(ScriptedModel model) {
        return ((Message.Results) model.calls().get(1).messages().getLast()).results().getFirst();
    }

    private static final ModelAgent<String> TRUSTED = AGENT.withTrust(TrustLevel.HIGH);

    @Test
    @Tag("AG-92")
    void whateverIsThrownIsToldByItsNameAndMessageWithoutItsStack() throws Exception {
        for (var thrown :
                List.of(
                        new IllegalStateException("the oven is cold"),
                        new IOException("no disk"),
                        new StackOverflowError("too deep"),
                        new AssertionError("cannot be"),
                        new NoClassDefFoundError("a/b/C"))) {
            var result =
                    resultOf(
                            look(_ -> {
                                if (thrown instanceof Exception e) throw e;
                                throw (Error) thrown;
                            }));
            assertThat(result.error()).isTrue();
            assertThat(result.text())
                    .startsWith("tool.failed")
                    .contains(thrown.getClass().getSimpleName() + ": " + thrown.getMessage())
                    .doesNotContain("\tat ", "java.lang.", getClass().getName());
        }
    }

    @Test
    @Tag("AG-92")
    void anOutputThatIsNoJsonIsAnErrorResult() throws Exception {
        for (Object output : List.of(new Object(), Double.NaN, List.of(new Object()))) {
            var result = resultOf(look(_ -> output));
            assertThat(result.error()).as(output.toString()).isTrue();
            assertThat(result.text()).startsWith("invalid.");
        }
    }

    @Test
    @Tag("AG-92")
    void anUnknownToolIsAnsweredWithTheThreeNearestAtMost() throws Exception {
        var names = List.of("look_a", "look_b", "look_c", "look_d", "look_e");
        var tools =
                names.stream()
                        .map(name -> Tool.of(name, "Looks", Nothing.class, _ -> name))
                        .toArray(Tool[]::new);
        var model = ScriptedModel.of(call("look_x", new Nothing()), text("done"));
        var agent = AGENT.withTools(names.toArray(String[]::new));
        var config = RuntimeConfig.of(agent).withModel(model).withTools(tools);
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(agent, Task.of("x")).orThrow();
        }
        assertThat(first(model).error()).isTrue();
        var advice = first(model).text().split("Did you mean", -1)[1];
        assertThat(names.stream().filter(advice::contains)).hasSizeBetween(1, 3);
    }

    @Test
    @Tag("AG-91")
    void theIntentIsRecordedBeforeTheCodeRunsAndTheOutcomeBeforeTheModelHearsOfIt()
            throws Exception {
        var atTheCode = new ArrayList<Class<? extends Event>>();
        var atTheModel = new ArrayList<Class<? extends Event>>();
        var holder = new ArrayList<AgentRuntime>();
        var look =
                look(_ -> {
                    atTheCode.addAll(ofTool(holder.getFirst()));
                    return "seen";
                });
        var model =
                ScriptedModel.of(
                        call("look", new Nothing()),
                        asked -> {
                            atTheModel.addAll(ofTool(holder.getFirst()));
                            return text("done").answer(asked);
                        });
        var config = RuntimeConfig.of(AGENT).withModel(model).withTools(look);
        try (var runtime = AgentRuntime.open(config)) {
            holder.add(runtime);
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        assertThat(atTheCode)
                .containsExactly(ToolEvent.ToolCalled.class, ToolEvent.ToolStarted.class);
        assertThat(atTheModel)
                .containsExactly(
                        ToolEvent.ToolCalled.class,
                        ToolEvent.ToolStarted.class,
                        ToolEvent.ToolReturned.class);
    }

    private static List<Class<? extends Event>> ofTool(AgentRuntime runtime)
            throws InterruptedException {
        return Facts.of(runtime).stream()
                .map(Entry::event)
                .filter(ToolEvent.class::isInstance)
                .<Class<? extends Event>>map(Event::getClass)
                .toList();
    }

    @Test
    @Tag("AG-94")
    void aToolThatIgnoresItsInterruptIsLeftBehindAndNamed() throws Exception {
        for (var effect : List.of(Effect.READ_ONLY, Effect.WRITE, Effect.DESTRUCTIVE)) {
            var clock = ManualClock.at(Instant.parse("2026-03-01T12:00:00Z"));
            var begun = new CountDownLatch(1);
            var interrupted = new CountDownLatch(1);
            var released = new CountDownLatch(1);
            var ended = new CountDownLatch(1);
            var stubborn =
                    look(
                                    _ -> {
                                        begun.countDown();
                                        stay(released, interrupted);
                                        ended.countDown();
                                        return "late";
                                    })
                            .effect(effect)
                            .within(Duration.ofMinutes(1));
            var model = ScriptedModel.of(call("look", new Nothing()), text("done"));
            var config =
                    RuntimeConfig.of(TRUSTED).withModel(model).withTools(stubborn).withClock(clock);
            try (var runtime = AgentRuntime.open(config)) {
                var run = runtime.spawn(TRUSTED, Task.of("x"));
                begun.await();
                clock.advance(Duration.ofMinutes(1));
                interrupted.await();
                assertThat(run.status().ended()).as("within its grace").isFalse();
                clock.advance(Duration.ofSeconds(5));

                assertThat(run.result().orThrow()).isEqualTo("done");
                assertThat(Facts.all(runtime, ToolEvent.ThreadAbandoned.class))
                        .singleElement()
                        .satisfies(left -> {
                            assertThat(left.thread()).contains("skein-tool-look");
                            assertThat(left.stack()).anyMatch(at -> at.contains("ErrorResultTest"));
                        });
            } finally {
                released.countDown();
                ended.await();
            }
            assertTimedOut(first(model).text(), effect);
        }
    }

    private static void assertTimedOut(String result, Effect effect) {
        assertThat(result)
                .startsWith("tool.timeout")
                .doesNotContain("late")
                .matches(text ->
                        text.contains("may have happened") != effect.equals(Effect.READ_ONLY));
    }

    private static void stay(CountDownLatch until, CountDownLatch noticed) {
        boolean interrupted = false;
        while (until.getCount() > 0) {
            try {
                until.await();
            } catch (InterruptedException e) {
                interrupted = true;
                noticed.countDown();
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    @Test
    @Tag("AG-92")
    void nothingIsAResultToo() throws Exception {
        assertThat(Stream.of(resultOf(look(_ -> null)), resultOf(look(_ -> Json.nothing()))))
                .allSatisfy(result -> assertThat(result.error()).isFalse())
                .extracting(ToolResult::text)
                .containsExactly("done", "null");
    }

    @Test
    void whatACallTellsOfItsProgressIsRecordedUpToALength() throws Exception {
        var texts = List.of("half way", "🦢".repeat(3_000), "x" + "🦢".repeat(3_000));
        var look =
                Tool.of(
                        "look",
                        "Looks",
                        Nothing.class,
                        (Nothing _, ToolContext context) -> {
                            texts.forEach(context::progress);
                            return "seen";
                        });
        var model = ScriptedModel.of(call("look", new Nothing()), text("done"));
        var config = RuntimeConfig.of(AGENT).withModel(model).withTools(look);
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(AGENT, Task.of("x")).orThrow();
            var told = new ArrayList<String>();
            for (var step : Facts.all(runtime, ToolEvent.ToolProgressed.class))
                told.add(runtime.journal().content(step.text()).orElseThrow());
            assertThat(told)
                    .containsExactly("half way", "🦢".repeat(2_048), "x" + "🦢".repeat(2_047));
        }
    }
}
