package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.codeOf;
import static dev.skein.checks.Flows.run;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.checks.Flows.Nothing;
import dev.skein.event.Event;
import dev.skein.failure.SkeinException;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.Attach;
import dev.skein.runtime.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a live session's agent is given, and what is owed by it: tools, peers, endpoints, watches.
 */
class SessionToolsTest {
    @Test
    @Tag("WF-37")
    void aToolGivenToALiveAgentIsOfferedBeforeItsNextCall() throws InterruptedException {
        var model =
                ScriptedModel.of(text("none"), call("late", Map.of()), text("used"), text("gone"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.ask("a");
                            worker.on("late", "A late tool.", Nothing.class, _ -> "here");
                            assertThat(worker.ask("b")).isEqualTo("used");
                            worker.off("late");
                            worker.ask("c");
                            return null;
                        });
        seen.result().orThrow();
        var offered =
                model.calls().stream()
                        .map(call -> call.tools().stream().map(tool -> tool.name()).toList())
                        .toList();
        assertThat(offered).containsExactly(List.of(), List.of("late"), List.of("late"), List.of());
        assertThat(seen.kinds()).contains("tool_offered", "tool_withdrawn", "tool_returned");
    }

    @Test
    @Tag("WF-39")
    void aHandlerThatThrowsIsAnErrorResultAndNothingElse() throws InterruptedException {
        var model = ScriptedModel.of(call("bad", Map.of()), text("went on"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            worker.on(
                                    "bad",
                                    "Throws.",
                                    Nothing.class,
                                    _ -> {
                                        throw new IllegalStateException("inside");
                                    });
                            return worker.ask("a");
                        });
        assertThat(seen.result().orThrow()).isEqualTo("went on");
        var results = model.calls().get(1).messages().getLast();
        assertThat(results.toString()).contains("inside").doesNotContain("\tat ");
    }

    @Test
    @Tag("WF-37")
    @Tag("WF-39")
    void aCallOfWhatIsNotThereIsAnErrorResultAndTheSessionGoesOn() throws InterruptedException {
        var session = new AtomicReference<@Nullable AgentSession>();
        ScriptedModel.Step racing =
                call -> {
                    var worker = session.get();
                    if (worker != null) worker.off("late");
                    return call("late", Map.of("by", 1)).answer(call);
                };
        var model =
                ScriptedModel.of(
                        text("none"),
                        racing,
                        call("late", Map.of("by", 1)),
                        call("serch", Map.of()),
                        text("fine"),
                        text("still here"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var worker = scope.open(agent("worker"));
                            session.set(worker);
                            worker.on("search", "Searches.", Nothing.class, _ -> "found");
                            worker.ask("a");
                            worker.on("late", "A late tool.", Add.class, Add::by);
                            assertThat(worker.ask("b")).isEqualTo("fine");
                            return worker.ask("c");
                        });
        assertThat(seen.result().orThrow()).isEqualTo("still here");
        var late = model.calls().get(1).tools().getLast();
        assertThat(late.name()).isEqualTo("late");
        assertThat(late.input().schema().path("/properties/by/type").text()).isEqualTo("integer");
        var results = Flows.results(model.calls().getLast());
        assertThat(results)
                .hasSize(3)
                .allSatisfy(result -> assertThat(result.error()).isTrue())
                .allSatisfy(result -> assertThat(result.text()).startsWith("missing.tool: "));
        assertThat(results.getLast().text()).contains("'serch'").contains("search");
    }

    private record Add(int by) {}

    private static Workflow<@Nullable Void, @Nullable Void> pool() {
        return Workflow.named(
                "pool",
                (scope, _) -> {
                    scope.open(agent("inner"));
                    scope.expose("add", "Adds.", Add.class, add -> add.by() + 1);
                    scope.expose("other", "Other.", Nothing.class, _ -> "x");
                    scope.await();
                    return null;
                });
    }

    @Test
    @Tag("WF-23")
    @Tag("WF-91")
    void endpointsAreAttachedWholeOrNotAtAll() throws InterruptedException {
        var model = ScriptedModel.of(call("pool_add", Map.of("by", 2)), text("added"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var handle = scope.spawn("pool", pool(), null);
                            var monitor = scope.open(agent("monitor"));
                            try (var events = handle.events()) {
                                events.first(
                                        dev.skein.event.WorkflowEvent.EndpointExposed.class,
                                        exposed -> exposed.name().equals("other"),
                                        LONG);
                            }
                            assertThat(
                                            codeOf(() ->
                                                    handle.attach(
                                                            monitor, Attach.only("add", "ghost"))))
                                    .isEqualTo("missing.endpoint");
                            handle.attach(monitor, Attach.only("add").prefix("pool_"));
                            assertThat(monitor.ask("add two")).isEqualTo("added");
                            var inner = handle.sessions().get("inner");
                            assertThat(inner).isNotNull();
                            if (inner != null)
                                assertThat(codeOf(() -> inner.off("x"))).isEqualTo("invalid.call");
                            return null;
                        });
        seen.result().orThrow();
        assertThat(model.calls().getFirst().tools().stream().map(tool -> tool.name()))
                .containsExactly("pool_add");
        assertThat(model.calls().getLast().messages().getLast().toString()).contains("3");
    }

    @Test
    @Tag("WF-23")
    void aGrandparentMayTalkToASessionButNotChangeIt() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable Void> below =
                Workflow.named(
                        "below",
                        (scope, _) -> {
                            scope.open(agent("worker"));
                            scope.emit("opened", null);
                            scope.await();
                            return null;
                        });
        Workflow<@Nullable Void, @Nullable Void> between =
                Workflow.named(
                        "between",
                        (scope, _) -> {
                            scope.spawn("t1", below, null);
                            scope.await();
                            return null;
                        });
        var seen =
                run(
                        scripted(always(text("ok"))),
                        scope -> {
                            var handle = scope.spawn("pool", between, null);
                            try (var events = handle.treeEvents(0)) {
                                events.first(Event.Emitted.class, _ -> true, LONG);
                            }
                            var worker = Objects.requireNonNull(handle.sessions().get("t1/worker"));
                            assertThat(codeOf(() -> worker.on("x", "X.", Nothing.class, _ -> "")))
                                    .isEqualTo("invalid.call");
                            return worker.send("hello").await(AgentSession.Delivery.SEEN, LONG);
                        });
        assertThat(seen.result().orThrow()).isEqualTo(true);
    }

    @Test
    @Tag("WF-36")
    void anAnswerThatDoesNotFitIsAskedForTwiceMoreAndThenShown() throws InterruptedException {
        var model =
                ScriptedModel.of(
                        text("yes"),
                        text("certainly"),
                        text("{\"ok\": true}"),
                        text("no"),
                        text("not"),
                        text("never \n ever"),
                        text("well"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var judge = scope.open(agent("judge"));
                            assertThat(judge.ask("Is it?", Verdict.class).ok()).isTrue();
                            var thrown =
                                    catchThrowableOfType(
                                            SkeinException.class,
                                            () -> judge.ask("Is it?", Verdict.class));
                            assertThat(thrown.failure().code()).isEqualTo("output.invalid");
                            assertThat(thrown.failure().message())
                                    .endsWith("the last answer was: never ever.");
                            return judge.ask("Why?");
                        });
        assertThat(seen.result().orThrow()).isEqualTo("well");
        assertThat(model.calls()).hasSize(7);
    }

    private record Verdict(boolean ok) {}

    @Test
    @Tag("WF-36")
    void aQuestionIsAnsweredAsTextOrAsAType() throws InterruptedException {
        var model = ScriptedModel.of(text("plain"), text("{\"ok\": true}"));
        Workflow<@Nullable Void, String> body =
                Workflow.named(
                        "asks",
                        (scope, _) -> {
                            var judge = scope.open(agent("judge"));
                            var said = judge.ask("Well?");
                            var verdict = judge.ask("And?", Verdict.class);
                            return said + verdict.ok();
                        });
        try (var runtime = AgentRuntime.open(scripted(model))) {
            assertThat(runtime.run(body, null).orThrow()).isEqualTo("plaintrue");
        }
    }
}
