package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.codeOf;
import static dev.skein.checks.Flows.run;
import static dev.skein.checks.Flows.said;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.checks.Flows.Nothing;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.failure.ModelFailure;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Backoff;
import dev.skein.policy.RestartPolicy;
import dev.skein.policy.RetryRule;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RuntimeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a live session of a model agent is: its messages, its states, its end. */
class LiveSessionTest {
    @Test
    @Tag("WF-34")
    @Tag("WF-32")
    @Tag("WF-46")
    void messagesToAnIdleAgentReachItOnceAndInOrder() throws InterruptedException {
        var model = always(text("ok"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            var sent = new ArrayList<AgentSession.Sent>();
                            for (int i = 0; i < 20; i++) sent.add(worker.send("m" + i));
                            for (var one : sent)
                                assertThat(one.await(AgentSession.Delivery.SEEN, LONG)).isTrue();
                            worker.ask("last");
                            return null;
                        });
        seen.result().orThrow();
        var last = said(model.calls().getLast());
        var expected = new ArrayList<String>();
        for (int i = 0; i < 20; i++) expected.add("m" + i);
        expected.add("last");
        assertThat(last).isEqualTo(expected);
        var sent = seen.all(SessionEvent.MessageSent.class);
        var read = seen.all(SessionEvent.MessageSeen.class);
        assertThat(read.stream().map(SessionEvent.MessageSeen::id))
                .containsExactlyElementsOf(
                        sent.stream().map(SessionEvent.MessageSent::id).toList());
    }

    @Test
    @Tag("WF-35")
    void steeringIsHeardBeforeTheNextModelCallAndAFollowUpAfterwards() throws InterruptedException {
        var model = ScriptedModel.of(call("wait", Map.of()), text("first"), text("second"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            var later = new AtomicReference<AgentSession.@Nullable Sent>();
                            worker.on(
                                    "wait",
                                    "Waits.",
                                    Nothing.class,
                                    _ -> {
                                        later.set(
                                                worker.send("later", AgentSession.Mode.FOLLOW_UP));
                                        worker.send("now", AgentSession.Mode.STEER);
                                        return "waited";
                                    });
                            worker.ask("begin");
                            var sent = later.get();
                            return sent != null && sent.await(AgentSession.Delivery.SEEN, LONG);
                        });
        assertThat(said(model.calls().get(1))).contains("now").doesNotContain("later");
        assertThat(said(model.calls().get(2))).contains("now", "later");
        assertThat(seen.result().orThrow()).isEqualTo(true);
    }

    @Test
    @Tag("WF-33")
    void everyChangeOfStateIsOneEntry() throws InterruptedException {
        var seen =
                run(
                        scripted(always(text("ok"))),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.ask("a");
                            worker.close();
                            assertThat(worker.state()).isEqualTo(SessionState.ENDED);
                            assertThat(codeOf(() -> worker.send("x"))).isEqualTo("run.ended");
                            return null;
                        });
        seen.result().orThrow();
        var states =
                seen.all(SessionEvent.SessionChanged.class).stream()
                        .map(change -> change.from() + " " + change.to())
                        .toList();
        assertThat(states).startsWith("STARTING IDLE", "IDLE WORKING").endsWith("STOPPING ENDED");
    }

    @Test
    @Tag("WF-41")
    void aModelThatRefusesTheKeyEndsTheSessionAndTheScope() throws InterruptedException {
        var model = always(fail(new ModelFailure.Auth("script", 401, "bad key")));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            scope.open(agent("worker")).send("hello");
                            scope.await();
                            return null;
                        });
        var failed = (RunResult.Failed<@Nullable Object>) seen.result();
        assertThat(failed.failure().code()).isEqualTo("model.auth");
        assertThat(seen.all(SessionEvent.SessionChanged.class))
                .anyMatch(change -> change.cause() instanceof ModelFailure.Auth);
    }

    @Test
    @Tag("WF-42")
    void aLostSessionIsRestartedWithItsConversation() throws InterruptedException {
        var broken = fail(new ModelFailure.Overloaded("script", 503, null));
        var model = ScriptedModel.of(broken, text("back"), text("again"));
        var calm =
                AgentSession.Options.standard()
                        .withIfLost(RestartPolicy.transientChild().withBackoff(Backoff.none()));
        var config = scripted(model).withRetry(RetryRule.standard().withTries(1));
        var seen =
                run(
                        config,
                        scope -> {
                            var worker = scope.open("worker", agent("worker"), calm);
                            worker.send("hello");
                            try (var events = worker.events()) {
                                events.first(
                                        SessionEvent.SessionChanged.class,
                                        change ->
                                                change.from() == SessionState.STARTING
                                                        && change.to() == SessionState.IDLE,
                                        LONG);
                                events.first(
                                        SessionEvent.SessionChanged.class,
                                        change -> change.from() == SessionState.STARTING,
                                        LONG);
                            }
                            worker.ask("still there?");
                            return null;
                        });
        assertThat(seen.all(SessionEvent.SessionChanged.class).stream().map(change -> change.to()))
                .contains(SessionState.LOST, SessionState.STARTING);
        assertThat(said(model.calls().getLast())).contains("hello", "still there?");
    }

    @Test
    @Tag("WF-42")
    void anAgentThatIsLostTooOftenIsGivenUpEvenIfItRestedBetween() throws InterruptedException {
        var broken = fail(new ModelFailure.Overloaded("script", 503, null));
        var good = text("back");
        var model = ScriptedModel.of(broken, good, broken, good, broken, good, broken, good);
        var options =
                AgentSession.Options.standard()
                        .withIfLost(RestartPolicy.transientChild().withBackoff(Backoff.none()));
        var config = scripted(model).withRetry(RetryRule.standard().withTries(1));
        var seen =
                run(
                        config,
                        scope -> {
                            var worker = scope.open("worker", agent("worker"), options);
                            try (var events = worker.events()) {
                                for (int i = 0; i < 3; i++) {
                                    worker.send("m" + i);
                                    events.first(
                                            SessionEvent.SessionChanged.class,
                                            change -> change.from() == SessionState.STARTING,
                                            LONG);
                                    events.first(
                                            SessionEvent.SessionChanged.class,
                                            change ->
                                                    change.to() == SessionState.IDLE
                                                            && change.from()
                                                                    == SessionState.WORKING,
                                            LONG);
                                }
                            }
                            worker.send("once more");
                            scope.await();
                            return "never";
                        });
        assertThat(seen.result().isCompleted()).isFalse();
        assertThat(
                        seen.all(SessionEvent.SessionChanged.class).stream()
                                .filter(change -> change.to() == SessionState.LOST))
                .hasSize(4);
    }

    @Test
    @Tag("WF-42")
    void anAgentThatLosesItsConversationIsToldAgain() throws InterruptedException {
        var broken = fail(new ModelFailure.Overloaded("script", 503, null));
        var model = ScriptedModel.of(broken, text("done"), text("more"));
        var policy =
                RestartPolicy.transientChild()
                        .withBackoff(Backoff.none())
                        .withKeepConversation(false);
        var options = AgentSession.Options.standard().withIfLost(policy);
        var config = scripted(model).withRetry(RetryRule.standard().withTries(1));
        var seen =
                run(
                        config,
                        scope -> {
                            var worker = scope.open("worker", agent("worker"), options);
                            worker.send("work");
                            try (var events = worker.events()) {
                                events.first(
                                        SessionEvent.SessionChanged.class,
                                        change -> change.to() == SessionState.LOST,
                                        LONG);
                                events.first(
                                        SessionEvent.SessionChanged.class,
                                        change -> change.from() == SessionState.WORKING,
                                        LONG);
                            }
                            return worker.state();
                        });
        seen.result();
        assertThat(said(model.calls().get(1))).containsExactly("work");
    }

    @Test
    @Tag("WF-43")
    void anInterruptedTurnLeavesTheConversation() throws InterruptedException {
        var asked = new CountDownLatch(1);
        ScriptedModel.Step hang =
                _ -> {
                    asked.countDown();
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("never");
                };
        var model = ScriptedModel.of(hang, text("back"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.send("one");
                            asked.await();
                            worker.interrupt("enough");
                            return worker.ask("two");
                        });
        assertThat(seen.result().orThrow()).isEqualTo("back");
        assertThat(said(model.calls().getLast())).containsExactly("one", "two");
    }

    @Test
    @Tag("WF-26")
    @Tag("WF-27")
    void aNameIsFreeAgainWhenItsBearerHasEndedAndInheritsNothing() throws InterruptedException {
        var model = always(text("ok"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var first = scope.open(agent("worker"));
                            assertThat(codeOf(() -> scope.open("Worker", agent("other"))))
                                    .isEqualTo("conflict.name");
                            first.ask("one");
                            first.close();
                            scope.open(agent("worker")).ask("two");
                            return null;
                        });
        seen.result().orThrow();
        assertThat(said(model.calls().getLast())).containsExactly("two");
        assertThat(
                        seen.all(SessionEvent.SessionOpened.class).stream()
                                .map(SessionEvent.SessionOpened::incarnation))
                .containsExactly(1, 2);
    }

    @Test
    @Tag("WF-25")
    void aNameThatIsNoneStartsNothing() throws InterruptedException {
        var seen =
                run(
                        scripted(always(text("ok"))),
                        scope -> {
                            for (var name :
                                    List.of("a/b", "..", "", "_x", "a.b", "n".repeat(49), "x#(id)"))
                                assertThat(codeOf(() -> scope.open(name, agent("w"))))
                                        .isEqualTo("invalid.name");
                            return scope.sessions().size();
                        });
        assertThat(seen.result().orThrow()).isEqualTo(0);
        assertThat(seen.kinds()).doesNotContain("session_opened");
    }

    @Test
    @Tag("WF-45")
    void aClosedSessionDropsWhatWaits() throws InterruptedException {
        var asked = new CountDownLatch(1);
        ScriptedModel.Step hang =
                _ -> {
                    asked.countDown();
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("never");
                };
        var seen =
                run(
                        scripted(ScriptedModel.of(hang)),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.send("one");
                            asked.await();
                            var two = worker.send("two");
                            var three = worker.send("three");
                            worker.close();
                            assertThat(List.of(two.delivery(), three.delivery()))
                                    .containsOnly(AgentSession.Delivery.DROPPED);
                            return null;
                        });
        seen.result().orThrow();
        assertThat(seen.all(SessionEvent.MessageDropped.class))
                .hasSize(2)
                .allSatisfy(
                        dropped -> assertThat(dropped.why()).contains("'root/worker' has ended"));
    }

    @Test
    @Tag("WF-30")
    void ofASessionThatCannotBeOpenedNothingIsLeft() throws InterruptedException {
        var seen =
                run(
                        RuntimeConfig.defaults(),
                        scope -> {
                            var nobodys = ModelAgent.of("worker").withModel("nobodys");
                            assertThat(codeOf(() -> scope.open(nobodys)))
                                    .isEqualTo("missing.model");
                            assertThat(scope.sessions()).isEmpty();
                            var there = ModelAgent.of("worker").withModel("offline:");
                            return scope.open(there).state();
                        });
        assertThat(seen.result().orThrow()).isEqualTo(SessionState.IDLE);
        assertThat(seen.all(SessionEvent.SessionOpened.class)).hasSize(1);
    }
}
