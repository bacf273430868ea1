package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.agent.HarnessAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.HarnessEvent;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.failure.SkeinException;
import dev.skein.harness.Harness;
import dev.skein.json.Description;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RuntimeConfig;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cases of {@link HarnessContract} about what an agent is told and says. */
@ExtendWith(ContractReport.class)
@Timeout(120)
abstract class HarnessCases {
    private HarnessStage stage;

    abstract Harness harness();

    /** Both are what it was asked for. */
    private record Answer(@Description("a city") String city, int people) {}

    @BeforeEach
    final void begin() {
        stage = new HarnessStage(harness());
    }

    final HarnessStage.Seen run(HarnessStage.Body body) throws InterruptedException {
        return stage.run(body);
    }

    final HarnessStage stage() {
        return stage;
    }

    final HarnessAgent<String> agent(String name) {
        return stage.agent(name);
    }

    static String codeOf(ThrowingCallable work) {
        var thrown = catchThrowableOfType(SkeinException.class, work);
        return thrown == null ? "" : thrown.failure().code();
    }

    static List<String> said(HarnessStage.Seen seen, AgentRuntime runtime) {
        return seen.all(HarnessEvent.HarnessSaid.class).stream()
                .map(said -> runtime.journal().content(said.text()).orElse("gone"))
                .toList();
    }

    @Test
    @Tag("WF-30")
    @Tag("WF-33")
    void aSessionIsIdleWhenItIsOpenAndWorksWhenItIsTold() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    var first = worker.state();
                    var answer = worker.ask("say good day");
                    return List.of(first, answer);
                });
        assertThat(seen.result().orThrow()).isEqualTo(List.of(SessionState.IDLE, "good day"));
        assertThat(seen.states())
                .containsExactly(
                        SessionState.IDLE,
                        SessionState.WORKING,
                        SessionState.IDLE,
                        SessionState.STOPPING,
                        SessionState.ENDED);
        assertThat(seen.all(HarnessEvent.HarnessReady.class)).hasSize(1);
    }

    @Test
    @Tag("WF-34")
    void eachMessageReachesItOnceAndInOrder() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    for (int i = 0; i < 39; i++) worker.send("say " + i);
                    var last = worker.send("say 39");
                    assertThat(last.await(AgentSession.Delivery.SEEN, HarnessStage.LONG)).isTrue();
                    return worker.ask("say end");
                });
        assertThat(seen.result().orThrow()).isEqualTo("end");
        var sent = seen.all(SessionEvent.MessageSent.class).stream();
        var order = sent.map(SessionEvent.MessageSent::id).toList();
        assertThat(seen.all(SessionEvent.MessageDelivered.class))
                .extracting(SessionEvent.MessageDelivered::id)
                .containsExactlyElementsOf(order);
        assertThat(seen.all(SessionEvent.MessageSeen.class))
                .extracting(SessionEvent.MessageSeen::id)
                .containsExactlyElementsOf(order);
        assertThat(seen.all(HarnessEvent.HarnessSaid.class)).hasSize(41);
    }

    @Test
    @Tag("WF-36")
    void aQuestionIsAnsweredByTheLastThingThatItSays() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    return worker.ask("say first\nsay second");
                });
        assertThat(seen.result().orThrow()).isEqualTo("second");
    }

    @Test
    @Tag("WF-36")
    void aTypedQuestionIsAnsweredByATool() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    var answer =
                            worker.ask(
                                    "call answer {\"city\": 5}\nsay $\n"
                                            + "call answer {\"city\": \"Rome\", \"people\": 3}",
                                    Answer.class);
                    return List.of(answer, worker.ask("tools"));
                });
        assertThat(seen.result().orThrow()).isEqualTo(List.of(new Answer("Rome", 3), ""));
    }

    @Test
    @Tag("WF-36")
    void oneThatDoesNotAnswerIsAskedAgainTwice() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    var code = codeOf(() -> worker.ask("say not now", Integer.class));
                    return List.of(code, worker.ask("say fine"));
                });
        assertThat(seen.result().orThrow()).isEqualTo(List.of("output.invalid", "fine"));
    }

    @Test
    @Tag("WF-43")
    void anInterruptEndsItsTurnAndKeepsIt() throws InterruptedException {
        var seen =
                run(scope -> {
                    var worker = scope.open(agent("worker"));
                    var hanging = worker.send("hang\nsay never");
                    hanging.await(AgentSession.Delivery.SEEN, HarnessStage.LONG);
                    worker.interrupt("enough");
                    HarnessStage.await(
                            worker,
                            SessionEvent.SessionChanged.class,
                            change ->
                                    change.from() == SessionState.WORKING
                                            && change.to() == SessionState.IDLE);
                    return worker.ask("say still here");
                });
        assertThat(seen.result().orThrow()).isEqualTo("still here");
        assertThat(seen.all(HarnessEvent.HarnessStarting.class)).hasSize(1);
    }

    @Test
    @Tag("WF-41")
    void aFailureOfItsModelFailsTheQuestionAndLosesIt() throws InterruptedException {
        var seen =
                run(scope -> {
                    var optional = AgentSession.Options.standard().withOptional(true);
                    var worker = scope.open("worker", agent("worker"), optional);
                    var code = codeOf(() -> worker.ask("fail no such model"));
                    HarnessStage.awaitState(worker, SessionState.ENDED);
                    return code;
                });
        assertThat(seen.result().orThrow()).isEqualTo("model.bad_request");
        assertThat(seen.states()).contains(SessionState.LOST);
        assertThat(seen.all(HarnessEvent.HarnessStarting.class)).hasSize(1);
    }

    @Test
    void whatElseItTellsIsAnEntry() throws InterruptedException {
        var seen =
                run(scope -> scope.open(agent("worker")).ask("note plan {\"steps\": 3}\nsay ok"));
        assertThat(seen.all(HarnessEvent.HarnessReported.class))
                .extracting(HarnessEvent.HarnessReported::type)
                .contains("plan");
    }

    @Test
    void aTaskIsDoneWhenItCallsFinish() throws InterruptedException {
        try (var runtime = AgentRuntime.open(stage.config())) {
            var typed = HarnessAgent.of("worker", harness().id(), Answer.class);
            var done =
                    runtime.run(
                            typed,
                            Task.of(
                                    "call finish {\"city\": \"Rome\"}\n"
                                            + "call finish {\"city\": \"Oslo\", \"people\": 1}"));
            assertThat(done.orThrow()).isEqualTo(new Answer("Oslo", 1));
            var text = runtime.run(agent("other"), Task.of("call finish {\"result\": \"it\"}"));
            assertThat(text.orThrow()).isEqualTo("it");
            var gaveUp =
                    runtime.run(agent("other"), Task.of("call give_up {\"result\": \"no way\"}"));
            assertThat(gaveUp)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed -> {
                                assertThat(failed.failure().code()).isEqualTo("run.gave_up");
                                assertThat(failed.failure().message()).contains("no way");
                            });
        }
    }

    @Test
    void anUnknownHarnessIsRefusedBeforeAnythingIsStarted() throws InterruptedException {
        var seen =
                run(scope -> codeOf(() -> scope.open(HarnessAgent.of("worker", "nobody:knows"))));
        assertThat(seen.result().orThrow()).isEqualTo("invalid.config");
        assertThat(seen.all(HarnessEvent.class)).isEmpty();
        var set = RuntimeConfig.of(HarnessAgent.of("worker", "nobody:knows"));
        assertThat(codeOf(() -> AgentRuntime.open(set))).isEqualTo("invalid.config");
    }
}
