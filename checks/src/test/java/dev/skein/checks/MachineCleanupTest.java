package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.run;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.RunResult;
import dev.skein.event.MachineEvent;
import dev.skein.machine.Exec;
import dev.skein.machine.ExecResult;
import dev.skein.machine.FileStat;
import dev.skein.machine.Image;
import dev.skein.machine.LiveExec;
import dev.skein.machine.LocalImage;
import dev.skein.machine.Machine;
import dev.skein.machine.Place;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.AgentSession.Options;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.Leaks;
import dev.skein.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** However a run ends, nothing of what ran in its machines does not. */
@Timeout(120)
class MachineCleanupTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String LEAVES =
            "sleep 60 & echo $! >> $0; nohup sleep 60 & echo $! >> $0; setsid sleep 60 & echo $! >> $0;"
                    + " (setsid sh -c 'trap \"\" TERM HUP; echo $$ >> $0; sleep 60; sleep 60' $0 &);"
                    + " echo $$ >> $0; sleep 60";

    @TempDir private Path folder;

    enum End {
        RETURN,
        EXCEPTION,
        TIMEOUT,
        CANCEL
    }

    /** A command that is talked to, one of a session, and one of another session's own machine. */
    private Workflow<@Nullable Void, @Nullable String> leaving(CountDownLatch busy, End end) {
        Workflow<@Nullable Void, @Nullable String> root =
                Workflow.named(
                        "root",
                        (scope, _) -> {
                            var machine = scope.machine(LocalImage.unsafe(folder));
                            machine.start(Exec.of("sh", "-c", LEAVES, "live"));
                            var lent = Options.standard().withMachine(machine);
                            var own = Options.standard().withImage(LocalImage.unsafe(folder));
                            var sessions =
                                    List.of(
                                            scope.open("lent", agent("lent"), lent),
                                            scope.open("own", agent("own"), own));
                            for (var session : sessions)
                                Thread.ofVirtual()
                                        .name("test-exec")
                                        .start(scope.bind(() -> leave(session)));
                            for (var name : List.of("live", "lent", "own")) awaitLines(name);
                            busy.countDown();
                            if (end == End.RETURN) return "done";
                            if (end == End.EXCEPTION) throw new IllegalStateException("boom");
                            return scope.await(String.class, LONG);
                        });
        return root.with(Workflow.Options.none().withTimeout(LIMIT));
    }

    /** Starts what a runtime has as long as it is open. */
    private Workflow<String, String> first() {
        Workflow<String, String> first =
                Workflow.named(
                        "first",
                        (scope, text) -> {
                            scope.machine(LocalImage.unsafe(folder)).exec(Exec.of("true"));
                            return text;
                        });
        return first.with(Workflow.Options.none().withTimeout(LIMIT));
    }

    private static void leave(AgentSession session) {
        var script = "sh -c '" + LEAVES.replace("'", "'\\''") + "' " + session.name();
        assertThat(Flows.codeOf(() -> session.exec(script))).isIn("run.ended", "machine.lost");
    }

    private List<Long> awaitLines(String name) throws IOException {
        while (pids(name).size() < 5) Thread.onSpinWait();
        return pids(name);
    }

    private List<Long> pids(String name) throws IOException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) return List.of();
        var text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Long::valueOf).toList();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("WF-60")
    @Tag("WF-62")
    @Tag("HM-10")
    void nothingLivesAfterTheRun(End end) throws Exception {
        var clock = ManualClock.at(Instant.parse("2026-03-02T09:00:00Z"));
        var busy = new CountDownLatch(1);
        try (var runtime = AgentRuntime.open(scripted(always(text("ok"))).withClock(clock))) {
            runtime.run(first(), "").orThrow();
            var leaks = Leaks.before();
            var handle = runtime.spawn("root", leaving(busy, end), null);
            busy.await();
            if (end == End.TIMEOUT) clock.advance(LIMIT);
            if (end == End.CANCEL) handle.cancel("enough");
            var result = handle.result();
            assertThat(result.work().suppressed()).isEmpty();
            assertThat(result.isCompleted()).isEqualTo(end == End.RETURN);
            for (var name : List.of("live", "lent", "own"))
                assertThat(pids(name)).hasSize(5).noneMatch(MachineCleanupTest::lives);
            leaks.after();
        }
    }

    /** One that has ended and whose end nobody has asked for does not. */
    private static boolean lives(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @Tag("WF-61")
    @Tag("HM-05")
    void aMachineThatDoesNotCloseKeepsNoOtherFromIt() throws Exception {
        var local = LocalImage.unsafe(folder);
        var seen =
                run(
                        scripted(always(text("ok"))),
                        scope -> {
                            var first = scope.machine(local);
                            scope.machine(new Broken(local));
                            scope.open(
                                    "own",
                                    agent("own"),
                                    Options.standard().withImage(new Broken(local)));
                            var last = scope.machine(local);
                            return first.exec(Exec.of("echo", "1")).out().text() + last.name();
                        });
        assertThat(seen.result()).isInstanceOf(RunResult.Completed.class);
        assertThat(seen.result().work().suppressed())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure.message()).contains("it sticks"));
        assertThat(seen.all(MachineEvent.MachineStopped.class)).hasSize(2);
        assertThat(seen.all(MachineEvent.MachineLost.class)).hasSize(2);
        assertThat(seen.kinds().getLast()).isEqualTo("run_ended");
    }

    /** Its machines close, and then say that they did not. */
    private record Broken(Image image) implements Image {
        @Override
        public String id() {
            return "broken";
        }

        @Override
        public Machine spawn(Place place) throws InterruptedException {
            return new Sticking(image.spawn(place));
        }
    }

    private record Sticking(Machine machine) implements Machine {
        @Override
        public String name() {
            return machine.name();
        }

        @Override
        public String kind() {
            return machine.kind();
        }

        @Override
        public Map<String, String> describe() {
            return machine.describe();
        }

        @Override
        public String workspace() {
            return machine.workspace();
        }

        @Override
        public ExecResult exec(Exec exec) throws InterruptedException {
            return machine.exec(exec);
        }

        @Override
        public LiveExec start(Exec exec) throws InterruptedException {
            return machine.start(exec);
        }

        @Override
        public InputStream read(String path) {
            return machine.read(path);
        }

        @Override
        public FileStat stat(String path) {
            return machine.stat(path);
        }

        @Override
        public void write(String path, InputStream bytes, int mode) {
            machine.write(path, bytes, mode);
        }

        @Override
        public void close() {
            machine.close();
            throw new IllegalStateException("it sticks");
        }
    }
}
