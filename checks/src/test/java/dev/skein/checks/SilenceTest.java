package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.codeOf;
import static dev.skein.checks.Flows.said;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.RunResult;
import dev.skein.event.RunStatus;
import dev.skein.event.SessionEvent;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Reaction;
import dev.skein.policy.Watch;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.ManualClock;
import dev.skein.tool.Approver;
import dev.skein.tool.Asking;
import dev.skein.tool.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of an agent that works and of which nothing is heard. */
@Tag("WF-86")
@Tag("WF-87")
class SilenceTest {
    private static final Watch.Silent WATCH = Watch.silent().withLimit(Duration.ofMinutes(5));

    private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch back = new CountDownLatch(1);
    private final ScriptedModel model = ScriptedModel.of(call("brood", Map.of()), text("done"));

    @AutoClose
    private final AgentRuntime runtime = AgentRuntime.open(scripted(model).withClock(clock));

    /** A session whose agent calls a tool that does not come back by itself. */
    private Workflow<@Nullable Void, @Nullable String> brooding(
            Reaction reaction, boolean optional) {
        var options =
                AgentSession.Options.standard()
                        .withWatches(WATCH.withReact(reaction))
                        .withOptional(optional);
        return Workflow.named(
                "brooding",
                (scope, _) -> {
                    var worker = scope.open("worker", agent("worker"), options);
                    worker.on(
                            "brood",
                            "Broods.",
                            Flows.Nothing.class,
                            _ -> {
                                called.countDown();
                                back.await();
                                return "back";
                            });
                    if (!optional) return worker.ask("work");
                    worker.send("work");
                    scope.await();
                    return null;
                });
    }

    private RunResult<@Nullable String> afterSilence(Reaction reaction, boolean optional)
            throws InterruptedException {
        var handle = runtime.spawn("brooding", brooding(reaction, optional), null);
        called.await();
        clock.awaitWaiters(1);
        clock.advance(Duration.ofMinutes(4));
        assertThat(handle.status().ended()).isFalse();
        clock.advance(Duration.ofMinutes(1));
        if (reaction instanceof Reaction.Nudge) {
            try (var events = handle.treeEvents(0)) {
                events.first(
                        SessionEvent.MessageSent.class,
                        sent -> sent.from().equals("watch:silent"),
                        LONG);
            }
            back.countDown();
        }
        return handle.result();
    }

    private static String code(RunResult<?> result) {
        return ((RunResult.Failed<?>) result).failure().code();
    }

    @Test
    void whoIsSilentIsStopped() throws InterruptedException {
        var failed = (RunResult.Failed<?>) afterSilence(new Reaction.Stop(), false);
        assertThat(failed.failure().code()).isEqualTo("limit.idle");
        assertThat(failed.failure().message())
                .matches(".* nothing was heard of it for 5m after entry \\d+, tool_started\\.");
    }

    @Test
    @Tag("WF-76")
    void whoWaitsForAPersonIsNotSilent() throws InterruptedException {
        var asked = new CountDownLatch(1);
        Approver slow =
                _ -> {
                    asked.countDown();
                    back.await();
                    return new Approver.Answer.Allow("fine");
                };
        var options = AgentSession.Options.standard().withWatches(WATCH);
        Workflow<@Nullable Void, String> asking =
                Workflow.named(
                        "asking",
                        (scope, _) -> {
                            var worker = scope.open("worker", agent("worker"), options);
                            worker.on(
                                    Tool.of("brood", "Broods.", Flows.Nothing.class, _ -> "")
                                            .ask(Asking.ALWAYS));
                            return worker.ask("work");
                        });
        var config = scripted(model).withClock(clock).withApprovers(slow);
        try (var asks = AgentRuntime.open(config)) {
            var handle = asks.spawn("asking", asking, null);
            asked.await();
            for (int i = 0; i < 3; i++) {
                // The watch has looked, and will look again.
                clock.awaitWaiters(1);
                clock.advance(Duration.ofMinutes(5));
            }
            clock.awaitWaiters(1);
            assertThat(handle.status()).isEqualTo(RunStatus.INPUT_REQUIRED);
            back.countDown();
            assertThat(handle.await()).isEqualTo("done");
        }
    }

    @Test
    void whoIsSilentIsNudgedAndHearsItBeforeItsNextModelCall() throws InterruptedException {
        assertThat(afterSilence(new Reaction.Nudge(), false).orThrow()).isEqualTo("done");
        assertThat(said(model.calls().get(1)))
                .containsExactly(
                        "work",
                        "Nothing was heard of you for 5m. Go on, or say what you wait for.");
    }

    @Test
    void theSilenceOfAnOptionalSessionMayBeForWhoeverIsAbove() throws InterruptedException {
        assertThat(code(afterSilence(new Reaction.Escalate(), true))).isEqualTo("limit.idle");
    }

    @Test
    void reactionsThatNeedATurnOrACallAreRefused() {
        assertThat(codeOf(() -> WATCH.withReact(new Reaction.Park()))).isEqualTo("invalid.spec");
        assertThat(codeOf(() -> WATCH.withReact(new Reaction.AnswerNow())))
                .isEqualTo("invalid.spec");
        assertThat(WATCH.react()).isEqualTo(new Reaction.Stop());
    }
}
