package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.event.SessionState;
import dev.skein.event.ToolEvent;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolPolicy;
import dev.skein.tool.TrustLevel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cases of {@link HarnessContract} about what an agent calls. */
abstract class HarnessCallCases extends HarnessCases {
    private record Nothing() {}

    private record Take(int number) {}

    @Test
    @Tag("WF-37")
    void aToolOfTheOwnerIsCalledThroughTheGate() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    worker.on("take", "Takes.", Take.class, take -> "got " + take.number());
                    return worker.ask("call take {\"number\": 7}\nsay $");
                });
        assertThat(seen.result().orThrow()).isEqualTo("got 7");
        assertThat(seen.all(ToolEvent.ToolCalled.class))
                .extracting(ToolEvent.ToolCalled::tool)
                .containsExactly("take");
        assertThat(seen.all(ToolEvent.ToolReturned.class)).hasSize(1);
    }

    @Test
    @Tag("WF-37")
    void toolsAreOfferedAndWithdrawnWhileItLives() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    var none = worker.ask("tools");
                    worker.on("early", "Is early.", Nothing.class, _ -> "");
                    worker.on("late", "Is late.", Nothing.class, _ -> "");
                    var both = worker.ask("tools");
                    worker.off("early");
                    var gone = worker.ask("call early\nsay $");
                    return List.of(none, both, worker.ask("tools"), gone.substring(0, 12));
                });
        assertThat(seen.result().orThrow())
                .isEqualTo(List.of("", "early late", "late", "missing.tool"));
    }

    @Test
    @Tag("WF-37")
    void argumentsThatDoNotFitNeverReachTheHandler() throws InterruptedException {
        var called = new AtomicInteger();
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    worker.on("take", "Takes.", Take.class, _ -> called.incrementAndGet());
                    return worker.ask("call take {\"number\": \"x\"}\nsay $");
                });
        assertThat((String) seen.result().orThrow()).startsWith("invalid.input").contains("number");
        assertThat(called).hasValue(0);
    }

    @Test
    @Tag("WF-39")
    void aHandlerThatThrowsIsAnErrorResultAndTheWorkflowGoesOn() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    worker.on(
                            "boom",
                            "Throws.",
                            Nothing.class,
                            _ -> {
                                throw new IllegalStateException("boom");
                            });
                    return worker.ask("call boom\nsay $");
                });
        assertThat((String) seen.result().orThrow()).contains("boom");
    }

    @Test
    @Tag("WF-39")
    void aCallThatIsAskedForTwiceIsCarriedOutOnce() throws InterruptedException {
        var called = new AtomicInteger();
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    worker.on("count", "Counts.", Nothing.class, _ -> called.incrementAndGet());
                    return worker.ask("begin count\nagain\nagain\nawait\nsay $");
                });
        assertThat(seen.result().orThrow()).isEqualTo("1");
        assertThat(called).hasValue(1);
    }

    @Test
    @Tag("WF-38")
    void itsCallsAreServedOneAfterAnotherInOrder() throws InterruptedException {
        var order = new CopyOnWriteArrayList<Integer>();
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var script = new StringBuilder();
        for (int i = 0; i < 20; i++)
            script.append("begin take {\"number\": ").append(i).append("}\n");
        script.append("await\n".repeat(20)).append("say done");
        run(
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.on(
                                    "take",
                                    "Takes.",
                                    Take.class,
                                    take -> {
                                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                        order.add(take.number());
                                        return inside.decrementAndGet();
                                    });
                            return worker.ask(script.toString());
                        })
                .result()
                .orThrow();
        assertThat(most).hasValue(1);
        assertThat(order).hasSize(20).isSorted();
    }

    @Test
    @Tag("WF-38")
    void parallelToolsAreServedAtTheSameTime() throws InterruptedException {
        var both = new CyclicBarrier(2);
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    worker.on(
                            Tool.of(
                                            "meet",
                                            "Meets.",
                                            Nothing.class,
                                            (Nothing _) -> {
                                                both.await();
                                                return "met";
                                            })
                                    .parallel());
                    return worker.ask("begin meet\nbegin meet\nawait\nawait\nsay $");
                });
        assertThat(seen.result().orThrow()).isEqualTo("met");
    }

    @Test
    @Tag("WF-38")
    void aCallThatItDoesNotWantAnyMoreIsInterrupted() throws InterruptedException {
        var inside = new AtomicInteger();
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    worker.on(
                            "stay",
                            "Stays.",
                            Nothing.class,
                            _ -> {
                                inside.incrementAndGet();
                                try {
                                    new CountDownLatch(1).await();
                                    return "never";
                                } finally {
                                    inside.decrementAndGet();
                                }
                            });
                    return worker.ask("begin stay\ncancel\nsay gone on");
                });
        assertThat(seen.result().orThrow()).isEqualTo("gone on");
        assertThat(inside).hasValue(0);
    }

    @Test
    void aToolOfItsOwnIsAllowedUnlessPolicyOrTrustForbidsIt() throws InterruptedException {
        var config = stage().config();
        stage().with(config.withPolicy(ToolPolicy.deny("own.delete")));
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    var low = agent("low").withTrust(TrustLevel.LOW);
                    return List.of(
                            worker.ask("ask own.read {}\nsay <$>"),
                            worker.ask("ask own.delete {}\nsay <$>"),
                            scope.open(low).ask("ask own.read {}\nsay <$>"));
                });
        assertThat((List<?>) seen.result().orThrow())
                .satisfiesExactly(
                        yes -> assertThat(yes).isEqualTo("<>"),
                        no -> assertThat((String) no).contains("own.delete", "policy"),
                        no -> assertThat((String) no).contains("own.read", "trust"));
        assertThat(seen.all(ToolEvent.ToolRefused.class)).hasSize(2);
    }

    @Test
    @Tag("WF-48")
    void connectedAgentsTalk() throws InterruptedException {
        var seen =
                run(scope -> {
                    var one = scope.open(agent("one"));
                    var other = scope.open(agent("other"));
                    scope.connect(one, other);
                    one.ask("call message {\"to\": \"other\", \"text\": \"say hello\"}\nsay $");
                    HarnessStage.awaitState(other, SessionState.WORKING);
                    return other.ask("say end");
                });
        assertThat(seen.result().orThrow()).isEqualTo("end");
    }
}
