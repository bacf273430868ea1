package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.event.HarnessEvent;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.harness.Harness;
import dev.skein.policy.Backoff;
import dev.skein.policy.RestartPolicy;
import dev.skein.runtime.AgentSession;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Harness} must do, whatever plays its agents. Extend it and give a harness whose
 * agents do what an {@link AgentScript} says. Which cases passed is written to {@code
 * target/contracts/harness-<implementation>.txt}.
 *
 * <pre>{@code
 * class ScriptedHarnessTest extends HarnessContract {
 *     @Override
 *     protected Harness harness() {
 *         return ScriptedHarness.standard();
 *     }
 * }
 * }</pre>
 */
public abstract class HarnessContract extends HarnessCallCases {
    /** For subclasses. */
    protected HarnessContract() {}

    private record Nothing() {}

    /** The harness that is tried; asked for more than once, and always the same one in a case. */
    @Override
    protected abstract Harness harness();

    private static AgentSession.Options atOnce() {
        var policy = RestartPolicy.transientChild().withBackoff(Backoff.none());
        return AgentSession.Options.standard().withIfLost(policy);
    }

    @Test
    @Tag("WF-42")
    void anAgentThatEndsIsStartedAgainAndToldWhatItHasNotSeen() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open("worker", agent("worker"), atOnce());
                    worker.send("move talk-7\nfirst exit 3");
                    return worker.ask("conversation");
                });
        assertThat(seen.result().orThrow()).isEqualTo("talk-7");
        assertThat(seen.all(HarnessEvent.HarnessStarting.class))
                .extracting(HarnessEvent.HarnessStarting::epoch)
                .containsExactly(1L, 2L);
        assertThat(seen.all(HarnessEvent.HarnessExited.class))
                .extracting(HarnessEvent.HarnessExited::code)
                .containsExactly(3);
        assertThat(seen.states()).contains(SessionState.LOST, SessionState.STARTING);
        assertThat(seen.all(SessionEvent.MessageSeen.class))
                .extracting(SessionEvent.MessageSeen::id)
                .doesNotHaveDuplicates();
    }

    @Test
    @Tag("WF-42")
    void oneThatEndsWhileItRestsIsThereAgainWhenItIsWanted() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open("worker", agent("worker"), atOnce());
                    worker.ask("say first");
                    worker.send("first die");
                    HarnessStage.await(
                            worker, HarnessEvent.HarnessReady.class, ready -> ready.epoch() == 2);
                    return worker.ask("epoch");
                });
        assertThat(seen.result().orThrow()).isEqualTo("2");
        assertThat(seen.all(HarnessEvent.HarnessExited.class))
                .extracting(HarnessEvent.HarnessExited::signal)
                .containsExactly(9);
    }

    @Test
    @Tag("WF-42")
    void theFourthLossIsTheScopesWithSignalAndLastWords() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open("worker", agent("worker"), atOnce());
                    for (int i = 1; i <= 4; i++) {
                        int start = i;
                        HarnessStage.await(
                                worker,
                                HarnessEvent.HarnessReady.class,
                                ready -> ready.epoch() == start);
                        worker.send("die");
                    }
                    scope.await();
                    return null;
                });
        assertThat(seen.result().isCompleted()).isFalse();
        assertThat(codeOf(() -> seen.result().orThrow())).isEqualTo("harness.exited");
        assertThat(seen.all(HarnessEvent.HarnessStarting.class)).hasSize(4);
        assertThat(seen.all(HarnessEvent.HarnessExited.class))
                .hasSize(4)
                .allMatch(exited -> Integer.valueOf(9).equals(exited.signal()));
    }

    @Test
    @Tag("WF-42")
    void answersThatItDidNotGetAreToldToTheNextStart() throws InterruptedException {
        var called = new AtomicInteger();
        var seen =
                run(scope -> {
                    var worker = scope.open("worker", agent("worker"), atOnce());
                    var inside = new CountDownLatch(1);
                    worker.on(
                            "build",
                            "Builds.",
                            Nothing.class,
                            _ -> {
                                called.incrementAndGet();
                                inside.countDown();
                                return "built";
                            });
                    worker.send("first drop\nfirst begin build\nfirst die\nsay again");
                    HarnessStage.await(
                            worker, HarnessEvent.HarnessReady.class, ready -> ready.epoch() == 2);
                    return worker.ask("say end");
                });
        assertThat(seen.result().orThrow()).isEqualTo("end");
        assertThat(called.get()).isLessThanOrEqualTo(1);
    }

    @Test
    @Tag("WF-33")
    @Tag("WF-34")
    void aLinkThatComesBackInTimeLosesNothing() throws InterruptedException {
        var called = new AtomicInteger();
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    worker.on("count", "Counts.", Nothing.class, _ -> called.incrementAndGet());
                    var sent = worker.send("drop\nbegin count\nsay while away\nback\nawait\nsay $");
                    sent.await(AgentSession.Delivery.SEEN, HarnessStage.LONG);
                    return worker.ask("say end");
                });
        assertThat(seen.result().orThrow()).isEqualTo("end");
        assertThat(called).hasValue(1);
        assertThat(seen.all(HarnessEvent.LinkLost.class)).isNotEmpty();
        assertThat(seen.all(HarnessEvent.LinkResumed.class)).isNotEmpty();
        assertThat(seen.all(HarnessEvent.HarnessStarting.class)).hasSize(1);
        assertThat(seen.states()).contains(SessionState.LOST).doesNotContain(SessionState.STARTING);
    }

    @Test
    @Tag("WF-42")
    void aLinkThatStaysAwayIsALoss() throws InterruptedException {
        var config = stage().config();
        stage().with(
                        config.withPlacement(
                                config.placement().withLinkGrace(Duration.ofMillis(200))));
        var seen =
                run(scope -> {
                    var worker = scope.open("worker", agent("worker"), atOnce());
                    worker.send("first drop\nfirst hang\nsay back");
                    HarnessStage.await(
                            worker, HarnessEvent.HarnessReady.class, ready -> ready.epoch() == 2);
                    return worker.ask("epoch");
                });
        assertThat(seen.result().orThrow()).isEqualTo("2");
        assertThat(seen.all(SessionEvent.SessionChanged.class))
                .anyMatch(change -> change.to() == SessionState.LOST);
    }

    @Test
    @Tag("WF-42")
    void aHandlerThatIsBlockedDoesNotHideTheLoss() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open("worker", agent("worker"), atOnce());
                    var lost = new CountDownLatch(1);
                    worker.on(
                            "watch",
                            "Waits for what becomes of its own session.",
                            Nothing.class,
                            _ -> {
                                HarnessStage.awaitState(worker, SessionState.LOST);
                                lost.countDown();
                                return "seen";
                            });
                    worker.send("first begin watch\nfirst die\nsay back");
                    lost.await();
                    return worker.ask("epoch");
                });
        assertThat(seen.result().orThrow()).isEqualTo("2");
    }

    @Test
    @Tag("WF-45")
    @Tag("WF-34")
    void whatItHasNotSeenIsDroppedWhenItsSessionEnds() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    var hanging = worker.send("hang");
                    hanging.await(AgentSession.Delivery.SEEN, HarnessStage.LONG);
                    var waiting = worker.send("say never");
                    worker.close();
                    return List.of(waiting.delivery(), codeOf(() -> worker.send("say too late")));
                });
        assertThat(seen.result().orThrow())
                .isEqualTo(List.of(AgentSession.Delivery.DROPPED, "run.ended"));
        assertThat(seen.all(SessionEvent.MessageDropped.class)).hasSize(1);
    }

    @Test
    @Tag("WF-60")
    void aScopeThatIsCanceledEndsWhatHangs() throws InterruptedException {
        var seen =
                run(scope -> {
                    for (int i = 0; i < 5; i++)
                        scope.open("worker" + i, agent("worker")).send("hang");
                    return "left";
                });
        assertThat(seen.result().orThrow()).isEqualTo("left");
        assertThat(seen.states()).filteredOn(state -> state == SessionState.ENDED).hasSize(5);
    }
}
