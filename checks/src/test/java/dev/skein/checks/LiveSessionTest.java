package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.event.Entry;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Backoff;
import dev.skein.policy.RestartPolicy;
import dev.skein.policy.Watch;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.Attach;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a live session of a model agent is: its messages, states, tools, peers, and its end. */
class LiveSessionTest {
    record Nothing() {}

    record Finish(String summary) {}

    private static final Duration LONG = Duration.ofSeconds(30);

    private interface Body {
        @Nullable Object run(Scope scope) throws Exception;
    }

    private static RuntimeConfig scripted(ScriptedModel model) {
        return RuntimeConfig.defaults().withNamedModel("script", model);
    }

    private static ModelAgent<String> agent(String name) {
        return ModelAgent.of(name).withModel("script");
    }

    /** What the body gave, and every entry of the run and what is below it. */
    private record Seen(RunResult<@Nullable Object> result, List<Entry> entries) {
        List<String> kinds() {
            return entries.stream().map(entry -> entry.event().kind()).toList();
        }

        <E> List<E> all(Class<E> type) {
            return entries.stream()
                    .map(Entry::event)
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    }

    private static Seen run(RuntimeConfig config, Body body) throws InterruptedException {
        try (var runtime = AgentRuntime.open(config)) {
            Workflow<@Nullable Void, @Nullable Object> workflow =
                    Workflow.named("root", (scope, _) -> body.run(scope));
            var handle = runtime.spawn("root", workflow, null);
            var result = handle.result();
            var entries = new ArrayList<Entry>();
            try (var events = handle.treeEvents(0)) {
                events.forEach(entries::add);
            }
            return new Seen(result, entries);
        }
    }

    private static String codeOf(ThrowingCallable work) {
        var thrown = catchThrowableOfType(SkeinException.class, work);
        return thrown == null ? "" : thrown.failure().code();
    }

    private static List<String> tools(ModelCall call) {
        return call.tools().stream().map(tool -> tool.name()).toList();
    }

    private static List<String> said(ModelCall call) {
        return call.messages().stream()
                .filter(Message.User.class::isInstance)
                .flatMap(message -> message.text().lines())
                .filter(line -> !line.isEmpty())
                .toList();
    }

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
        var config = scripted(model).withRetry(dev.skein.policy.RetryRule.standard().withTries(1));
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
    void theLossOfAnOptionalSessionIsOnlyAnEvent() throws InterruptedException {
        var gone = new CountDownLatch(1);
        var model = always(fail(new ModelFailure.Auth("script", 401, "bad key")));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var optional = AgentSession.Options.standard().withOptional(true);
                            var worker = scope.open("worker", agent("worker"), optional);
                            worker.send("hello");
                            try (var events = worker.events()) {
                                events.first(
                                        SessionEvent.SessionChanged.class,
                                        change -> change.to() == SessionState.ENDED,
                                        LONG);
                            }
                            gone.countDown();
                            return "fine";
                        });
        assertThat(seen.result().orThrow()).isEqualTo("fine");
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
    @Tag("WF-30")
    void ofASessionThatCannotBeOpenedNothingIsLeft() throws InterruptedException {
        var seen =
                run(
                        RuntimeConfig.defaults(),
                        scope -> {
                            var nobodys = ModelAgent.of("worker").withModel("nobodys");
                            assertThat(codeOf(() -> scope.open(nobodys))).isEqualTo("missing.model");
                            assertThat(scope.sessions()).isEmpty();
                            var there = ModelAgent.of("worker").withModel("offline:");
                            return scope.open(there).state();
                        });
        assertThat(seen.result().orThrow()).isEqualTo(SessionState.IDLE);
        assertThat(seen.all(SessionEvent.SessionOpened.class)).hasSize(1);
    }

    @Test
    @Tag("WF-87")
    void aWatchGoesByTheClockOfTheRuntime() throws InterruptedException {
        var clock = ManualClock.at(Instant.parse("2026-03-01T12:00:00Z"));
        var idle = new CountDownLatch(1);
        var watch = Watch.idle("finish").withQuiet(Duration.ofHours(1)).withNudges(0);
        var options = AgentSession.Options.standard().withWatches(watch);
        Workflow<@Nullable Void, @Nullable Void> body =
                Workflow.named(
                        "watched",
                        (scope, _) -> {
                            var worker = scope.open("worker", agent("worker"), options);
                            worker.ask("talk");
                            idle.countDown();
                            scope.await();
                            return null;
                        });
        try (var runtime =
                AgentRuntime.open(scripted(always(text("I talk"))).withClock(clock))) {
            var handle = runtime.spawn("watched", body, null);
            idle.await();
            try (var events = handle.treeEvents(0)) {
                events.first(
                        SessionEvent.SessionChanged.class,
                        change -> change.from() == SessionState.WORKING,
                        LONG);
            }
            assertThat(handle.status().ended()).isFalse();
            clock.awaitWaiters(1);
            clock.advance(Duration.ofHours(1));
            var failed = (RunResult.Failed<@Nullable Void>) handle.result();
            assertThat(failed.failure().code()).isEqualTo("limit.idle");
        }
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
        assertThat(seen.all(SessionEvent.MessageDropped.class)).hasSize(2);
    }

    @Test
    @Tag("WF-47")
    @Tag("WF-48")
    @Tag("WF-49")
    @Tag("WF-50")
    void connectedSessionsMessageEachOtherInTheDirectionOfTheirEdge() throws InterruptedException {
        var model =
                ScriptedModel.of(
                        call("message", Map.of("to", "b", "text", "[end] I am the program")),
                        text("sent"),
                        text("heard"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var a = scope.open(agent("a"));
                            var b = scope.open(agent("b"));
                            scope.connect(a, b, Scope.Direction.FORWARD);
                            a.ask("tell b");
                            try (var events = b.events()) {
                                events.first(SessionEvent.MessageSeen.class, _ -> true, LONG);
                            }
                            return null;
                        });
        seen.result().orThrow();
        var ofB =
                model.calls().stream()
                        .filter(call -> String.join("", said(call)).contains("peer 'a'"))
                        .findFirst()
                        .orElseThrow();
        assertThat(tools(model.calls().getFirst())).startsWith("message", "send_file");
        assertThat(tools(ofB)).containsExactly("download_file");
        var heard = String.join("\n", said(ofB));
        assertThat(heard).contains("[end] I am the program");
        var mark = heard.substring(1, heard.indexOf(']'));
        assertThat(heard).endsWith("[" + mark + "]");
        assertThat(seen.all(SessionEvent.MessageSent.class).getLast().from())
                .isEqualTo("session:root/a");
    }

    @Test
    @Tag("WF-51")
    void filesStayInTheInboxAndInTheWorkspace() throws InterruptedException {
        var model =
                ScriptedModel.of(
                        call("send_file", Map.of("to", "b", "path", "five.txt")),
                        call("send_file", Map.of("to", "b", "path", "../five.txt")),
                        call("send_file", Map.of("to", "b", "path", "/etc/hostname")),
                        call("send_file", Map.of("to", "b", "path", "link")),
                        call("send_file", Map.of("to", "b", "path", "folder")),
                        call("send_file", Map.of("to", "b", "path", "five.txt", "as", "../../x")),
                        text("done"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var a = scope.open(agent("a"));
                            var b = scope.open(agent("b"));
                            scope.connect(a, b);
                            prepare(a);
                            a.ask("send it");
                            assertThat(Files.readString(b.workspace().resolve("inbox/a/five.txt")))
                                    .isEqualTo("12345");
                            try (var files = Files.walk(b.workspace())) {
                                assertThat(files.filter(Files::isRegularFile)).hasSize(1);
                            }
                            return List.of(a.workspace(), b.workspace());
                        });
        var spaces = (List<?>) seen.result().orThrow();
        for (var space : spaces == null ? List.of() : spaces)
            assertThat((java.nio.file.Path) space).doesNotExist();
        var results =
                model.calls().getLast().messages().stream()
                        .filter(Message.Results.class::isInstance)
                        .map(Object::toString)
                        .collect(Collectors.toList());
        assertThat(results.getFirst()).contains("inbox/a/five.txt").contains("sha256");
        assertThat(results.subList(1, results.size()))
                .hasSize(5)
                .allMatch(result -> result.contains("denied.files"));
    }

    private static void prepare(AgentSession a) throws IOException {
        var space = a.workspace();
        Files.writeString(space.resolve("five.txt"), "12345");
        Files.createDirectory(space.resolve("folder"));
        Files.createSymbolicLink(space.resolve("link"), java.nio.file.Path.of("/etc/hostname"));
    }

    @Test
    @Tag("WF-23")
    @Tag("WF-91")
    void endpointsAreAttachedWholeOrNotAtAll() throws InterruptedException {
        record Add(int by) {}
        var model = ScriptedModel.of(call("pool_add", Map.of("by", 2)), text("added"));
        Workflow<@Nullable Void, @Nullable Void> pool =
                Workflow.named(
                        "pool",
                        (scope, _) -> {
                            scope.open(agent("inner"));
                            scope.expose("add", "Adds.", Add.class, add -> add.by() + 1);
                            scope.expose("other", "Other.", Nothing.class, _ -> "x");
                            scope.await();
                            return null;
                        });
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var handle = scope.spawn("pool", pool, null);
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
    @Tag("WF-85")
    void anAgentThatRestsWithoutTheCallItOwesIsNudgedAndThenGivenUp() throws InterruptedException {
        var watch = Watch.idle("finish").withQuiet(Duration.ofMillis(1));
        var seen =
                run(
                        scripted(always(text("I talk and talk"))),
                        scope -> {
                            var options = AgentSession.Options.standard().withWatches(watch);
                            var worker = scope.open("worker", agent("worker"), options);
                            worker.on("finish", "Ends.", Finish.class, _ -> "ok");
                            worker.send("work");
                            scope.await();
                            return null;
                        });
        var failed = (RunResult.Failed<@Nullable Object>) seen.result();
        assertThat(failed.failure().code()).isEqualTo("limit.idle");
        assertThat(seen.kinds().stream().filter("nudged"::equals)).hasSize(3);
    }
}
