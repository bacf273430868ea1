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

import dev.skein.checks.Flows.Nothing;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.Attach;
import dev.skein.runtime.Workflow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
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
    @Tag("WF-38")
    void handlersOfOneSessionTakeTurnsAndThoseOfTwoDoNot() throws Exception {
        var both = new CyclicBarrier(2);
        var model = always(call("meet", Map.of()));
        var script =
                ScriptedModel.of(
                        call("meet", Map.of()), call("meet", Map.of()), text("done"), text("done"));
        var seen =
                run(
                        scripted(script),
                        scope -> {
                            for (var name : List.of("a", "b")) {
                                var session = scope.open(agent(name));
                                session.on(
                                        "meet",
                                        "Meets.",
                                        Nothing.class,
                                        _ -> {
                                            both.await();
                                            return "met";
                                        });
                                session.send("go");
                            }
                            for (var session : scope.sessions().values()) session.ask("over?");
                            return null;
                        });
        seen.result();
        assertThat(both.isBroken()).isFalse();
        assertThat(model.calls()).isEmpty();
        assertThat(seen.kinds()).contains("tool_returned");
    }

    @Test
    @Tag("WF-40")
    void waitingOnOneselfIsRefusedAtOnce() throws InterruptedException {
        var codes = new CopyOnWriteArrayList<String>();
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
                                        codes.add(codeOf(() -> a.ask("myself?")));
                                        return b.ask("hello b");
                                    });
                            b.on(
                                    "ask_back",
                                    "Asks a.",
                                    Nothing.class,
                                    _ -> {
                                        codes.add(codeOf(() -> a.ask("hello a")));
                                        return "no";
                                    });
                            return a.ask("go");
                        });
        assertThat(seen.result().orThrow()).isEqualTo("a");
        assertThat(codes).containsExactly("limit.cycle", "limit.cycle");
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
    @Tag("WF-36")
    void aQuestionIsAnsweredAsTextOrAsAType() throws InterruptedException {
        record Verdict(boolean ok) {}
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
