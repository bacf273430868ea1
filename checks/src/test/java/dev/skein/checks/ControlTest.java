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

import dev.skein.agent.Task;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.home.Home;
import dev.skein.model.Message;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Control;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings of control, each of which is heeded. */
@Timeout(60)
class ControlTest {
    @TempDir private Path folder;

    @Test
    @Tag("WF-58")
    void aCallWaitsForAnEndpointAsLongAsTheConfigurationSays() throws InterruptedException {
        var clock = ManualClock.at(Instant.parse("2026-03-02T09:00:00Z"));
        Workflow<@Nullable Void, @Nullable Void> silent =
                Workflow.named(
                        "silent",
                        (_, _) -> {
                            new CountDownLatch(1).await();
                            return null;
                        });
        var config =
                scripted(always(text("ok")))
                        .withClock(clock)
                        .withEnvironment(Environment.of(Map.of("SKEIN_HOME", "/dev/null")))
                        .withControl(Control.standard().withEndpointWait(Duration.ofHours(2)));
        try (var runtime = AgentRuntime.open(config)) {
            var root = runtime.spawn("root", silent, null);
            var codes = new ArrayList<String>();
            var caller =
                    Thread.ofVirtual()
                            .start(() ->
                                    codes.add(
                                            codeOf(() -> root.call("later", null, String.class))));
            clock.awaitWaiters(1);
            clock.advance(Duration.ofMinutes(119));
            assertThat(caller.isAlive()).isTrue();
            clock.advance(Duration.ofMinutes(1));
            assertThat(caller.join(LONG)).isTrue();
            assertThat(codes).containsExactly("missing.endpoint");
        }
    }

    @Test
    @Tag("WF-49")
    void anEdgeBearsAsManyMessagesAMinuteAsTheConfigurationSays() throws InterruptedException {
        var message = Map.of("to", "b", "text", "hello");
        var model =
                ScriptedModel.of(
                        call("message", message),
                        call("message", message),
                        call("message", message),
                        text("done"));
        var config =
                scripted(model)
                        .withNamedModel("deaf", always(text("heard")))
                        .withControl(Control.standard().withPeerRate(2));
        run(
                        config,
                        scope -> {
                            var a = scope.open(agent("a"));
                            var b = scope.open(agent("b").withModel("deaf"));
                            scope.connect(a, b, Scope.Direction.FORWARD);
                            return a.ask("tell b three times");
                        })
                .result()
                .orThrow();
        var results =
                model.calls().getLast().messages().stream()
                        .filter(Message.Results.class::isInstance)
                        .map(Object::toString)
                        .toList();
        assertThat(results).hasSize(3);
        assertThat(results.subList(0, 2)).noneMatch(one -> one.contains("limit.load"));
        assertThat(results.getLast()).contains("limit.load");
    }

    @Test
    @Tag("WF-77")
    void filesAreKeptOfTheRunsThatTheConfigurationNames() throws Exception {
        var kept = new LinkedHashMap<Control.RunFiles, List<String>>();
        for (var which : Control.RunFiles.values()) {
            var home = Map.of("SKEIN_HOME", folder.resolve(which.name()).toString());
            var config =
                    scripted(always(text("ok")))
                            .withEnvironment(Environment.of(home))
                            .withControl(Control.standard().withRunFiles(which));
            try (var runtime = AgentRuntime.open(config)) {
                runtime.run(agent("atlas"), Task.of("hello")).orThrow();
                runtime.run(Workflow.<String, String>named("w", (_, _) -> "ok"), "").orThrow();
            }
            kept.put(which, names(Home.open(Environment.of(home))));
        }
        assertThat(kept)
                .containsEntry(Control.RunFiles.WORKFLOWS, List.of("w"))
                .containsEntry(Control.RunFiles.ALL, List.of("atlas", "w"))
                .containsEntry(Control.RunFiles.NONE, List.of());
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "WORKFLOWS"})
    @Tag("WF-54")
    void aReaderThatComesTooLateReadsTheFilesOrIsToldHowMuchIsGone(Control.RunFiles which)
            throws InterruptedException {
        int emitted = 5_000;
        Workflow<@Nullable Void, @Nullable Void> body =
                Workflow.named(
                        "emits",
                        (scope, _) -> {
                            var run = scope.info().origin().run();
                            for (int i = 0; i < emitted; i++) {
                                scope.emit("n", i);
                                if (which != Control.RunFiles.NONE && i % 500 == 499)
                                    awaitWritten(run, i);
                            }
                            scope.await();
                            return null;
                        });
        var config =
                RuntimeConfig.defaults()
                        .withEnvironment(Environment.of(Map.of("SKEIN_HOME", folder + "/home")))
                        .withJournal(Journal.inMemory(InstantSource.system(), 1_000, 1L << 30))
                        .withControl(Control.standard().withRunFiles(which));
        try (var runtime = AgentRuntime.open(config)) {
            var handle = runtime.spawn("emits", body, null);
            try (var live = handle.newEvents()) {
                live.first(
                        Event.Emitted.class, event -> event.data().asLong() == emitted - 1, LONG);
            }
            var seen = new ArrayList<Long>();
            try (var late = handle.events()) {
                while (late.position() < emitted + 2) {
                    var entry = late.next(LONG).orElseThrow();
                    if (!(entry.event() instanceof Event.Gap)) seen.add(entry.number());
                }
                assertThat(seen.size() + late.missing()).isEqualTo(emitted + 2);
                if (which == Control.RunFiles.NONE)
                    assertThat(seen).hasSizeLessThanOrEqualTo(1_000);
                else assertThat(late.missing()).isZero();
            }
            assertThat(seen).isSorted().doesNotHaveDuplicates();
        }
    }

    /** So slow is nobody's program; but only what was written in time can be read. */
    private void awaitWritten(String run, int emitted) throws IOException {
        var file = folder.resolve("home/runs").resolve(run).resolve("events.jsonl");
        while (!Files.exists(file) || Files.readAllLines(file).size() < emitted)
            Thread.onSpinWait();
    }

    private static List<String> names(Home home) throws IOException {
        var names = new ArrayList<String>();
        for (var run : home.runs()) names.add(run.card().orElseThrow().name());
        return names.stream().sorted().toList();
    }
}
