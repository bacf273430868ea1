package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.run;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.calls;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.checks.Flows.Nothing;
import dev.skein.event.SessionEvent;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentSession;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the handlers of live sessions are called, and what they may wait for. */
@Timeout(120)
class SessionHandlersTest {
    private static final int MANY = 16;

    private record Take(int number) {}

    @Test
    @Tag("WF-38")
    void handlersOfOneSessionRunOneAfterAnotherInOrder() throws InterruptedException {
        var wanted =
                IntStream.range(0, MANY)
                        .mapToObj(i -> new ToolCall("", "take", Json.object("number", i)))
                        .toArray(ToolCall[]::new);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var order = new CopyOnWriteArrayList<Integer>();
        run(
                        scripted(ScriptedModel.of(calls(wanted), text("done"))),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.on(
                                    "take",
                                    "Takes.",
                                    Take.class,
                                    take -> {
                                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                        order.add(take.number());
                                        // Whoever could come in meanwhile would.
                                        for (int i = 0; i < 50; i++)
                                            Thread.ofVirtual().start(() -> {}).join();
                                        inside.decrementAndGet();
                                        return "taken";
                                    });
                            return worker.ask("go");
                        })
                .result()
                .orThrow();
        assertThat(most).hasValue(1);
        assertThat(order).containsExactlyElementsOf(IntStream.range(0, MANY).boxed().toList());
    }

    @Test
    @Tag("WF-38")
    void handlersOfTwoSessionsRunAtTheSameTime() throws InterruptedException {
        var both = new CyclicBarrier(2);
        var met = new CountDownLatch(2);
        var model = ScriptedModel.of(call("meet", Map.of()), text("done")).perRun();
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            for (var name : List.of("a", "b")) {
                                var session = scope.open(agent(name));
                                session.on(
                                        "meet",
                                        "Meets.",
                                        Nothing.class,
                                        _ -> {
                                            both.await(LONG.toSeconds(), TimeUnit.SECONDS);
                                            met.countDown();
                                            return "met";
                                        });
                                session.send("go");
                            }
                            return met.await(LONG.toSeconds(), TimeUnit.SECONDS);
                        });
        assertThat(seen.result().orThrow()).isEqualTo(true);
        assertThat(both.isBroken()).isFalse();
    }

    @Test
    @Tag("WF-38")
    @Tag("WF-39")
    void aHandlerBeyondItsLimitIsAnErrorResultAndTheWorkflowGoesOn() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        var model = ScriptedModel.of(call("slow", Map.of()), text("went on"));
        var slow = Tool.of("slow", "Does not come back.", Nothing.class, Flows.stuck(interrupted));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.on(slow.within(Duration.ofMillis(50)));
                            return worker.ask("a");
                        });
        assertThat(seen.result().orThrow()).isEqualTo("went on");
        assertThat(Flows.results(model.calls().getLast()))
                .singleElement()
                .satisfies(result -> assertThat(result.error()).isTrue())
                .satisfies(result -> assertThat(result.text()).startsWith("tool.timeout"));
        assertThat(interrupted.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Tag("WF-38")
    void aHandlerThatWaitsForTheNextEventOfItsOwnSessionGetsIt() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var model =
                ScriptedModel.of(
                        call("wait", Map.of()), text("1"), text("2"), text("3"), text("4"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.on(
                                    "wait",
                                    "Waits.",
                                    Nothing.class,
                                    _ -> {
                                        try (var events = worker.events()) {
                                            inside.countDown();
                                            return events.first(
                                                            SessionEvent.MessageSent.class,
                                                            sent -> sent.mode().equals("follow_up"),
                                                            LONG)
                                                    .isPresent();
                                        }
                                    });
                            worker.send("begin");
                            inside.await();
                            worker.send("more", AgentSession.Mode.FOLLOW_UP);
                            return worker.ask("end");
                        });
        seen.result().orThrow();
        assertThat(Flows.results(model.calls().getLast()))
                .singleElement()
                .satisfies(result -> assertThat(result.text()).isEqualTo("true"));
    }

    @Test
    @Tag("WF-40")
    void waitingOnOneselfIsRefusedAtOnceWithTheChain() throws InterruptedException {
        var refused = new CopyOnWriteArrayList<String>();
        var model =
                ScriptedModel.of(
                        call("ask_other", Map.of()),
                        call("ask_back", Map.of()),
                        text("b"),
                        text("a"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var a = scope.open(agent("a"));
                            var b = scope.open(agent("b"));
                            a.on(
                                    "ask_other",
                                    "Asks b.",
                                    Nothing.class,
                                    _ -> {
                                        refused.add(refusal(a));
                                        return b.ask("hello b");
                                    });
                            b.on(
                                    "ask_back",
                                    "Asks a.",
                                    Nothing.class,
                                    _ -> {
                                        refused.add(refusal(a));
                                        return "no";
                                    });
                            return a.ask("go");
                        });
        assertThat(seen.result().orThrow()).isEqualTo("a");
        assertThat(refused).hasSize(2).allMatch(said -> said.startsWith("limit.cycle: "));
        assertThat(refused.getFirst()).contains("root/a → root/a");
        assertThat(refused.getLast()).contains("root/b → root/a → root/b");
    }

    private static String refusal(AgentSession asked) {
        var thrown = catchThrowableOfType(SkeinException.class, () -> asked.ask("hello"));
        return thrown == null
                ? "it was answered"
                : thrown.failure().code() + ": " + thrown.failure().message();
    }
}
