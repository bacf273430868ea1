package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.codeOf;
import static dev.skein.checks.Flows.run;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.checks.Flows.tools;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.checks.Flows.Nothing;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentSession;
import dev.skein.tool.Toolset;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions that are lost, or never come to be: who hears of it, and what is left of them. */
@Timeout(120)
class SessionLossTest {
    private static final ModelFailure REFUSED = new ModelFailure.Auth("script", 401, "bad key");

    private static void awaitEnd(AgentSession session) throws InterruptedException {
        try (var events = session.events()) {
            var ended =
                    events.first(
                            SessionEvent.SessionChanged.class,
                            change -> change.to() == SessionState.ENDED,
                            LONG);
            assertThat(ended).isPresent();
        }
    }

    @Test
    @Tag("WF-41")
    void aQuestionUnderWayFailsWithTheProvidersFailure() throws InterruptedException {
        var codes = new CopyOnWriteArrayList<String>();
        run(
                        scripted(always(fail(REFUSED))),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            codes.add(codeOf(() -> worker.ask("hello")));
                            return null;
                        })
                .result();
        assertThat(codes).containsExactly("model.auth");
    }

    @Test
    @Tag("WF-42")
    void theLossOfAnOptionalSessionIsOnlyAnEvent() throws InterruptedException {
        var seen =
                run(
                        scripted(always(fail(REFUSED))),
                        scope -> {
                            var optional = AgentSession.Options.standard().withOptional(true);
                            var worker = scope.open("worker", agent("worker"), optional);
                            worker.send("hello");
                            awaitEnd(worker);
                            return "fine";
                        });
        assertThat(seen.result().orThrow()).isEqualTo("fine");
        assertThat(seen.all(SessionEvent.SessionChanged.class))
                .filteredOn(change -> change.to() == SessionState.LOST)
                .singleElement()
                .satisfies(change -> assertThat(change.cause()).isEqualTo(REFUSED));
        assertThat(seen.kinds()).doesNotContain("outcome_decided");
    }

    @Test
    @Tag("WF-42")
    void whatFailsBecauseItsScopeEndsIsNoLoss() throws InterruptedException {
        var asked = new CountDownLatch(1);
        ScriptedModel.Step rude =
                _ -> {
                    asked.countDown();
                    try {
                        new CountDownLatch(1).await();
                        throw new IllegalStateException("never");
                    } catch (InterruptedException e) {
                        throw new SkeinException(REFUSED, e);
                    }
                };
        var seen =
                run(
                        scripted(always(rude)),
                        scope -> {
                            scope.open(agent("worker")).send("hello");
                            asked.await();
                            return "fine";
                        });
        assertThat(seen.result().orThrow()).isEqualTo("fine");
        assertThat(seen.all(SessionEvent.SessionChanged.class))
                .allSatisfy(change -> assertThat(change.cause()).isNull())
                .noneMatch(change -> change.to() == SessionState.LOST);
    }

    @Test
    @Tag("WF-42")
    @Tag("WF-13")
    void aLossAfterTheOutcomeDoesNotChangeIt() throws InterruptedException {
        var seen =
                run(
                        scripted(ScriptedModel.of(call("finish", Map.of()), fail(REFUSED))),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.on("finish", "Ends.", Nothing.class, _ -> scope.done("good"));
                            worker.send("work");
                            awaitEnd(worker);
                            return scope.await(String.class);
                        });
        assertThat(seen.result().orThrow()).isEqualTo("good");
        assertThat(seen.all(SessionEvent.SessionChanged.class))
                .anyMatch(change -> change.to() == SessionState.LOST);
    }

    @Test
    @Tag("WF-26")
    void theNextBearerOfANameHasNoToolAndNoEdgeOfTheOneBefore() throws InterruptedException {
        var model = always(text("ok"));
        run(
                        scripted(model),
                        scope -> {
                            var first = scope.open(agent("worker"));
                            var peer = scope.open(agent("peer"));
                            first.on("mine", "Is the first one's.", Nothing.class, _ -> "");
                            scope.connect(first, peer);
                            first.ask("one");
                            first.close();
                            scope.open(agent("worker")).ask("two");
                            return peer.ask("three");
                        })
                .result()
                .orThrow();
        assertThat(model.calls()).hasSize(3);
        assertThat(tools(model.calls().get(0)))
                .containsExactly("message", "send_file", "download_file", "mine");
        assertThat(tools(model.calls().get(1))).isEmpty();
        assertThat(tools(model.calls().get(2))).isEmpty();
    }

    @Test
    @Tag("WF-30")
    void anOpenThatIsInterruptedHalfWayLeavesNothing() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var opened = new AtomicInteger();
        var thrown = new CopyOnWriteArrayList<Throwable>();
        var config =
                scripted(ScriptedModel.of(text("here")))
                        .withTools(_ -> {
                            if (opened.getAndIncrement() > 0) return Toolset.empty();
                            entered.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            throw new IllegalStateException("it was not to be made");
                        });
        var seen =
                run(
                        config,
                        scope -> {
                            var opener =
                                    Thread.ofVirtual()
                                            .start(
                                                    scope.bind(() -> {
                                                        try {
                                                            scope.open(agent("worker"));
                                                        } catch (Exception e) {
                                                            thrown.add(e);
                                                        }
                                                    }));
                            entered.await();
                            opener.interrupt();
                            opener.join();
                            assertThat(scope.sessions()).isEmpty();
                            return scope.open(agent("worker")).ask("there?");
                        });
        assertThat(seen.result().orThrow()).isEqualTo("here");
        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(seen.all(SessionEvent.SessionOpened.class)).hasSize(1);
    }
}
