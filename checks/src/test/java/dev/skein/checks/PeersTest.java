package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.results;
import static dev.skein.checks.Flows.run;
import static dev.skein.checks.Flows.said;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.checks.Flows.tools;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.RunResult;
import dev.skein.checks.Flows.Finish;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Watch;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.ManualClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connected sessions: who may message whom, and send files; and what is owed by them. */
class PeersTest {
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

    @Test
    @Tag("WF-51")
    void aFileIsCountedAndHashedAndMayHaveSixtyFourMebibytes() throws Exception {
        var model =
                ScriptedModel.of(
                        call("send_file", Map.of("to", "b", "path", "five.txt")),
                        call("send_file", Map.of("to", "b", "path", "large")),
                        text("done"));
        run(
                        scripted(model),
                        scope -> {
                            var a = scope.open(agent("a"));
                            var b = scope.open(agent("b"));
                            scope.connect(a, b);
                            prepare(a);
                            var large = a.workspace().resolve("large").toFile();
                            try (var file = new RandomAccessFile(large, "rw")) {
                                file.setLength(65L << 20);
                            }
                            a.ask("send them");
                            try (var files = Files.walk(b.workspace())) {
                                assertThat(files.filter(Files::isRegularFile))
                                        .containsExactly(b.workspace().resolve("inbox/a/five.txt"));
                            }
                            return null;
                        })
                .result()
                .orThrow();
        var results = results(model.calls().getLast());
        var digest = MessageDigest.getInstance("SHA-256").digest("12345".getBytes(UTF_8));
        assertThat(Json.parse(results.get(0).text()))
                .isEqualTo(
                        Json.object("bytes", 5, "place", "inbox/a/five.txt")
                                .with("sha256", HexFormat.of().formatHex(digest)));
        assertThat(results.get(1).text()).startsWith("limit.size: ").contains("65 MiB", "64 MiB");
    }

    @Test
    @Tag("WF-49")
    void aMessageGoesNowhereButWhereAnEdgeLeads() throws InterruptedException {
        var model =
                ScriptedModel.of(
                        call("message", Map.of("to", "a", "text", "back")),
                        call("message", Map.of("to", "ghost", "text", "boo")),
                        text("nobody heard me"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var a = scope.open(agent("a"));
                            var b = scope.open(agent("b"));
                            var c = scope.open(agent("c"));
                            scope.connect(a, b, Scope.Direction.FORWARD);
                            scope.connect(b, c, Scope.Direction.FORWARD);
                            return b.ask("tell them");
                        });
        seen.result().orThrow();
        var results = results(model.calls().getLast());
        assertThat(results.get(0).text()).startsWith("denied.connection: b is not connected to a");
        assertThat(results.get(1).text()).startsWith("missing.session: ").contains("'ghost'");
        assertThat(seen.all(SessionEvent.MessageSent.class)).hasSize(1);
    }

    @Test
    @Tag("WF-50")
    void everyMessageHasAMarkOfItsOwn() throws InterruptedException {
        var message = call("message", Map.of("to", "b", "text", "the same"));
        var heard = always(text("heard"));
        run(
                        scripted(ScriptedModel.of(message, message, text("sent")))
                                .withNamedModel("hearer", heard),
                        scope -> {
                            var a = scope.open(agent("a"));
                            var b = scope.open(agent("b").withModel("hearer"));
                            scope.connect(a, b, Scope.Direction.FORWARD);
                            a.ask("tell b twice");
                            return b.ask("Was that all?");
                        })
                .result()
                .orThrow();
        assertThat(said(heard.calls().getLast()))
                .filteredOn(line -> line.contains("Message from your peer 'a'"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    @Tag("WF-48")
    void thePeersToolsComeFirstAndGoWithThePeer() throws InterruptedException {
        var model = always(text("ok"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var a = scope.open(agent("a"));
                            var b = scope.open(agent("b"));
                            a.on("own", "Its own.", Finish.class, _ -> "");
                            a.ask("alone");
                            scope.connect(a, b);
                            a.ask("together");
                            b.close();
                            return a.ask("alone again");
                        });
        seen.result().orThrow();
        assertThat(model.calls().stream().map(Flows::tools))
                .containsExactly(
                        List.of("own"),
                        List.of("message", "send_file", "download_file", "own"),
                        List.of("own"));
        assertThat(seen.kinds()).contains("disconnected", "tool_withdrawn");
    }

    private static void prepare(AgentSession a) throws IOException {
        var space = a.workspace();
        Files.writeString(space.resolve("five.txt"), "12345");
        Files.createDirectory(space.resolve("folder"));
        Files.createSymbolicLink(space.resolve("link"), java.nio.file.Path.of("/etc/hostname"));
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

    @Test
    @Tag("WF-85")
    void anAgentThatPaysAfterTwoNudgesEndsWell() throws InterruptedException {
        var watch = Watch.idle("finish").withQuiet(Duration.ofMillis(1));
        var model =
                ScriptedModel.of(
                        text("I talk"),
                        text("and talk"),
                        call("finish", Map.of("summary", "all done")),
                        text("bye"));
        var seen =
                run(
                        scripted(model),
                        scope -> {
                            var options = AgentSession.Options.standard().withWatches(watch);
                            var worker = scope.open("worker", agent("worker"), options);
                            worker.on(
                                    "finish",
                                    "Ends.",
                                    Finish.class,
                                    finish -> scope.done(finish.summary()));
                            worker.send("work");
                            return scope.await(String.class);
                        });
        assertThat(seen.result().orThrow()).isEqualTo("all done");
        assertThat(seen.kinds().stream().filter("nudged"::equals)).hasSize(2);
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
        try (var runtime = AgentRuntime.open(scripted(always(text("I talk"))).withClock(clock))) {
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
}
