package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.agent.RunResult;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.Origin;
import dev.skein.event.RunEvent;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.models.ScriptedModel;
import dev.skein.models.ScriptedModel.Step;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.ForwardingJournal;
import dev.skein.testkit.Leaks;
import dev.skein.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All of what a run owns is cleaned up, however it ends and whatever goes wrong meanwhile. */
class CleanupTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Starts what a runtime has as long as it is open. */
    private static final Workflow<String, String> FIRST =
            Workflow.<String, String>named("first", (_, text) -> text)
                    .with(Workflow.Options.none().withTimeout(LIMIT));

    enum End {
        RETURN,
        EXCEPTION,
        TIMEOUT,
        CANCEL
    }

    /** Has no room for some entries. */
    private static final class FullJournal extends ForwardingJournal {
        private final BiPredicate<String, Event> refuses;

        private FullJournal(Journal journal, BiPredicate<String, Event> refuses) {
            super(journal);
            this.refuses = refuses;
        }

        static RuntimeConfig in(RuntimeConfig config, BiPredicate<String, Event> refuses) {
            var journal = Journal.inMemory(InstantSource.system());
            return config.withJournal(new FullJournal(journal, refuses));
        }

        @Override
        public Entry append(Origin origin, Event event) throws InterruptedException {
            if (refuses.test(origin.path(), event))
                throw new SkeinException(new StoreFailure.Unavailable("The journal", "it is full"));
            return super.append(origin, event);
        }
    }

    @Test
    @Tag("WF-61")
    void aWorkspaceThatCannotBeRemovedKeepsNoOtherFromIt() throws InterruptedException {
        var folders = new ArrayList<Path>();
        Workflow<@Nullable Void, String> body =
                Workflow.named(
                        "root",
                        (scope, _) -> {
                            for (var name : List.of("a", "b", "c"))
                                folders.add(scope.open(agent(name)).workspace());
                            assertThat(folders).allMatch(Files::isDirectory);
                            Files.delete(folders.get(1));
                            return "done";
                        });
        try (var runtime = AgentRuntime.open(scripted(always(text("ok"))))) {
            var result = runtime.run(body, null);
            assertThat(result.orThrow()).isEqualTo("done");
            assertThat(folders).noneMatch(Files::exists);
            assertThat(result.work().suppressed())
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure.message())
                                    .contains("workspace", "root/b", "NoSuchFile"));
        }
    }

    @Test
    @Tag("WF-61")
    void aSessionWhoseEndFailsKeepsNoOtherFromEnding() throws InterruptedException {
        var sessions = new ArrayList<AgentSession>();
        var folders = new ArrayList<Path>();
        Workflow<@Nullable Void, String> body =
                Workflow.named(
                        "root",
                        (scope, _) -> {
                            for (var name : List.of("a", "b", "c")) {
                                var session = scope.open(agent(name));
                                sessions.add(session);
                                folders.add(session.workspace());
                            }
                            throw new IllegalStateException("boom");
                        });
        var config =
                FullJournal.in(
                        scripted(always(text("ok"))),
                        (path, event) ->
                                path.equals("root/b")
                                        && event
                                                instanceof SessionEvent.SessionChanged(_, var to, _)
                                        && to.compareTo(SessionState.STOPPING) >= 0);
        try (var runtime = AgentRuntime.open(config)) {
            var result = runtime.spawn("root", body, null).result();
            assertThat(sessions)
                    .hasSize(3)
                    .allMatch(session -> session.state() == SessionState.ENDED);
            assertThat(folders).hasSize(3).noneMatch(Files::exists);
            assertThat(runtime.roots()).isEmpty();
            var thrown = catchThrowableOfType(SkeinException.class, result::orThrow);
            assertThat(thrown.failure().message()).contains("boom");
            assertThat(thrown.getSuppressed())
                    .hasSize(2)
                    .allSatisfy(one -> assertThat(one).hasMessageContaining("it is full"));
        }
    }

    @Test
    @Tag("WF-61")
    void aRunWhoseEndCannotBeRecordedKeepsNobodyWaiting() throws InterruptedException {
        Workflow<@Nullable Void, String> body = Workflow.named("root", (_, _) -> "done");
        var config =
                FullJournal.in(
                        RuntimeConfig.defaults(), (_, event) -> event instanceof RunEvent.RunEnded);
        try (var runtime = AgentRuntime.open(config)) {
            var handle = runtime.spawn("root", body, null);
            assertThat(handle.await(LONG)).isEqualTo("done");
            assertThat(runtime.roots()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("WF-62")
    void nothingIsLeftOfARunHoweverItEnds(End end) throws InterruptedException {
        var clock = ManualClock.at(Instant.parse("2026-03-02T09:00:00Z"));
        var busy = new CountDownLatch(2);
        Step hangs =
                _ -> {
                    busy.countDown();
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("a latch that nobody counts down");
                };
        var config = scripted(ScriptedModel.always(hangs)).withClock(clock);
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(FIRST, "").orThrow();
            var leaks = Leaks.before();
            var handle = runtime.spawn("root", owning(busy, end), null);
            busy.await();
            if (end == End.TIMEOUT) clock.advance(LIMIT);
            if (end == End.CANCEL) handle.cancel("enough");
            var result = handle.result();
            switch (end) {
                case RETURN -> assertThat(result.orThrow()).isEqualTo("done");
                case EXCEPTION, TIMEOUT -> assertThat(result).isInstanceOf(RunResult.Failed.class);
                case CANCEL -> assertThat(result).isInstanceOf(RunResult.Canceled.class);
            }
            assertThat(result.work().suppressed()).isEmpty();
            leaks.after();
        }
    }

    /** A child, an agent at work in both, workspaces, an endpoint, a bubble and a monitor. */
    private static Workflow<@Nullable Void, @Nullable String> owning(CountDownLatch busy, End end) {
        Workflow<@Nullable Void, @Nullable String> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            var worker = scope.open(agent("worker"));
                            Files.writeString(worker.workspace().resolve("note.txt"), "child");
                            worker.send("go");
                            return scope.await(String.class, LONG);
                        });
        Workflow<@Nullable Void, @Nullable String> root =
                Workflow.named(
                        "root",
                        (scope, _) -> {
                            var worker = scope.open(agent("worker"));
                            Files.writeString(worker.workspace().resolve("note.txt"), "root");
                            scope.expose("nothing", "Nothing.", Flows.Nothing.class, _ -> "");
                            var handle = scope.spawn("child", child, null);
                            scope.bubble(handle);
                            scope.monitor(handle, _ -> {});
                            worker.send("go");
                            busy.await();
                            if (end == End.RETURN) return "done";
                            if (end == End.EXCEPTION) throw new IllegalStateException("boom");
                            return scope.await(String.class, LONG);
                        });
        return root.with(Workflow.Options.none().withTimeout(LIMIT));
    }
}
