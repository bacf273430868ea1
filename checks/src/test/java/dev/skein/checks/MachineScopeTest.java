package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.codeOf;
import static dev.skein.checks.Flows.run;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.RunResult;
import dev.skein.event.Entry;
import dev.skein.event.MachineEvent;
import dev.skein.event.RunEvent;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.machine.Exec;
import dev.skein.machine.Image;
import dev.skein.machine.LocalImage;
import dev.skein.machine.Machine;
import dev.skein.machine.Place;
import dev.skein.machine.Processes;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession.Options;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.Leaks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose a machine is, where it comes from, and what is run in it. */
@Timeout(120)
class MachineScopeTest {
    @TempDir private Path folder;

    private LocalImage image(String name) {
        return LocalImage.unsafe(folder.resolve(name));
    }

    private static RuntimeConfig config() {
        return scripted(always(text("ok")));
    }

    @Test
    @Tag("HM-04")
    @Tag("WF-60")
    void aScopesMachinesAreStoppedWithItAfterItsSessionsNewestFirst() throws Exception {
        var machines = new ArrayList<Machine>();
        var seen =
                run(
                        config(),
                        scope -> {
                            scope.open(agent("worker"));
                            for (var name : List.of("a", "b"))
                                machines.add(scope.machine(image(name)));
                            return machines.getFirst()
                                    .exec(Exec.shell("echo hello; pwd"))
                                    .out()
                                    .text();
                        });
        assertThat(seen.result().orThrow())
                .isEqualTo("hello\n" + folder.toRealPath().resolve("a") + "\n");
        assertThat(codeOf(() -> machines.getFirst().exec(Exec.of("true"))))
                .isEqualTo("machine.lost");
        assertThat(folder.resolve("a")).isDirectory();
        var run = seen.entries().getFirst().origin().run().substring(0, 8);
        assertThat(told(seen.entries()))
                .containsExactly(
                        "creating local:" + folder.resolve("a") + " skein-" + run + "-1-1",
                        "ready local skein-" + run + "-1-1",
                        "creating local:" + folder.resolve("b") + " skein-" + run + "-2-1",
                        "ready local skein-" + run + "-2-1",
                        "session ended",
                        "stopped skein-" + run + "-2-1",
                        "stopped skein-" + run + "-1-1",
                        "run ended");
    }

    private static List<String> told(List<Entry> entries) {
        var told = new ArrayList<String>();
        for (var entry : entries)
            switch (entry.event()) {
                case MachineEvent.MachineCreating(var image, var name) ->
                        told.add("creating " + image + " " + name);
                case MachineEvent.MachineReady(var kind, var name, _) ->
                        told.add("ready " + kind + " " + name);
                case MachineEvent.MachineStopped(var name) -> told.add("stopped " + name);
                case MachineEvent.MachineLost(var name, var failure) ->
                        told.add("lost " + name + " " + failure.code());
                case SessionEvent.SessionChanged(_, var to, _) when to == SessionState.ENDED ->
                        told.add("session ended");
                case RunEvent.RunEnded _ -> told.add("run ended");
                default -> {}
            }
        return told;
    }

    @Test
    @Tag("WF-07")
    @Tag("HM-01")
    void theNearestImageIsTaken() throws Exception {
        Workflow<@Nullable Void, String> plain =
                Workflow.named("plain", (scope, _) -> name(scope.machine()));
        var own = plain.with(plain.options().withImage(image("own")));
        Workflow<@Nullable Void, List<String>> root =
                Workflow.named(
                        "root",
                        (scope, _) ->
                                List.of(
                                        name(scope.machine()),
                                        scope.run(plain, null),
                                        scope.run(own, null),
                                        scope.spawn(plain, null).await(LONG)));
        var rooted = root.with(root.options().withImage(image("root")));
        try (var runtime = AgentRuntime.open(config().withImages(image("first"), image("other")))) {
            assertThat(runtime.run(root, null).orThrow())
                    .containsExactly("first", "first", "own", "first");
            assertThat(runtime.run(rooted, null).orThrow())
                    .containsExactly("root", "root", "own", "root");
        }
        var nowhere = run(config(), scope -> name(scope.machine()));
        assertThat(nowhere.result())
                .isInstanceOfSatisfying(
                        RunResult.Failed.class,
                        failed -> {
                            assertThat(failed.failure().code()).isEqualTo("machine.no_sandbox");
                            assertThat(failed.failure().message()).contains("'root'");
                        });
        assertThat(nowhere.kinds()).doesNotContain("machine_creating");
    }

    private static String name(Machine machine) {
        return Path.of(machine.workspace()).getFileName().toString();
    }

    @Test
    @Tag("WF-31")
    void anImageAndAMachineAreOneTooMany() throws Exception {
        run(
                config(),
                scope -> {
                    var options = Options.standard().withMachine(scope.machine(image("a")));
                    assertThat(codeOf(() -> options.withImage(image("b"))))
                            .isEqualTo("invalid.call");
                    return "";
                });
    }

    @Test
    @Tag("WF-31")
    void aMachineThatIsPassedBelongsToNoSession() throws Exception {
        try (var processes = Processes.open();
                var outside = image("a").spawn(new Place("mine", 1, 1, processes))) {
            run(
                    config(),
                    scope -> {
                        var options = Options.standard().withMachine(outside);
                        var session = scope.open("worker", agent("worker"), options);
                        assertThat(session.machine()).containsSame(outside);
                        assertThat(session.exec("echo $((1 + 2))").out().text()).isEqualTo("3\n");
                        session.close();
                        scope.open("other", agent("other"), options);
                        return "";
                    });
            assertThat(outside.exec(Exec.of("true")).ok()).isTrue();
        }
    }

    @Test
    @Tag("WF-31")
    void aMachineOfSeveralSessionsIsStoppedOnce() throws Exception {
        var seen =
                run(
                        config(),
                        scope -> {
                            var shared = scope.machine(image("a"));
                            var options = Options.standard().withMachine(shared);
                            for (var name : List.of("a", "b", "c"))
                                scope.open(name, agent(name), options)
                                        .exec("echo " + name + " >> said");
                            return shared.exec(Exec.of("cat", "said")).out().text();
                        });
        assertThat(seen.result().orThrow()).isEqualTo("a\nb\nc\n");
        assertThat(seen.all(MachineEvent.MachineStopped.class)).hasSize(1);
        assertThat(seen.all(MachineEvent.CommandRan.class)).hasSize(3);
    }

    @Test
    @Tag("WF-31")
    void aSessionsOwnMachineIsStoppedWithIt() throws Exception {
        run(
                        config(),
                        scope -> {
                            var options = Options.standard().withImage(image("a"));
                            var session = scope.open("worker", agent("worker"), options);
                            var machine = session.machine().orElseThrow();
                            session.close();
                            assertThat(codeOf(() -> machine.exec(Exec.of("true"))))
                                    .isEqualTo("machine.lost");
                            assertThat(codeOf(() -> session.exec("true"))).isEqualTo("run.ended");
                            var again = scope.open("worker", agent("worker"), options);
                            return again.exec("pwd").out().text();
                        })
                .result()
                .orThrow();
    }

    @Test
    @Tag("WF-44")
    void aSessionRunsCommandsBesideItsAgent() throws Exception {
        var seen =
                run(
                        config(),
                        scope -> {
                            var options = Options.standard().withImage(image("a"));
                            var session = scope.open("worker", agent("worker"), options);
                            var late = session.exec("sleep 60", Duration.ofMillis(200));
                            assertThat(late.exit()).isEqualTo(124);
                            assertThat(codeOf(() -> session.exec("true", Duration.ZERO)))
                                    .isEqualTo("invalid.call");
                            var bare = scope.open(agent("bare"));
                            assertThat(bare.machine()).isEmpty();
                            assertThat(codeOf(() -> bare.exec("true"))).isEqualTo("invalid.call");
                            return session.exec("echo out; echo err >&2; exit 3").exit();
                        });
        assertThat(seen.result().orThrow()).isEqualTo(3);
        var ran = seen.all(MachineEvent.CommandRan.class);
        assertThat(ran).extracting(MachineEvent.CommandRan::exit).containsExactly(124, 3);
        assertThat(ran.getLast().bytesOut()).isEqualTo(8);
    }

    @Test
    @Tag("WF-23")
    @Tag("WF-44")
    void aParentRunsCommandsInItsChildsSession() throws Exception {
        var opened = new CountDownLatch(1);
        Workflow<@Nullable Void, @Nullable Void> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            scope.open(
                                    "worker",
                                    agent("worker"),
                                    Options.standard().withImage(image("a")));
                            opened.countDown();
                            return scope.await(Void.class, LONG);
                        });
        var said =
                run(
                        config(),
                        scope -> {
                            var handle = scope.spawn("child", child, null);
                            opened.await();
                            var session = handle.sessions().values().iterator().next();
                            return session.exec("echo hello").out().text()
                                    + session.machine().orElseThrow().kind();
                        });
        assertThat(said.result().orThrow()).isEqualTo("hello\nlocal");
    }

    @Test
    @Tag("WF-44")
    @Tag("WF-62")
    void theEndOfTheSessionEndsItsCommands() throws Exception {
        try (var processes = Processes.open();
                var outside = image("a").spawn(new Place("mine", 1, 1, processes))) {
            var thrown = new AtomicReference<String>("");
            var calling = new AtomicReference<@Nullable Thread>();
            run(
                    config(),
                    scope -> {
                        var options = Options.standard().withMachine(outside);
                        var session = scope.open("worker", agent("worker"), options);
                        Runnable call =
                                () ->
                                        thrown.set(
                                                codeOf(() ->
                                                        session.exec(
                                                                "echo x > started; sleep 60")));
                        calling.set(Thread.startVirtualThread(call));
                        while (!Files.exists(folder.resolve("a/started"))) Thread.onSpinWait();
                        return "";
                    });
            var thread = calling.get();
            if (thread != null) thread.join();
            assertThat(thrown).hasValue("run.ended");
        }
    }

    @Test
    @Tag("HM-02")
    void aSpawnThatFailsLeavesNothingAndSaysWhy() throws Exception {
        Image broken =
                image(_ -> {
                    throw new IllegalStateException("no such thing");
                });
        var seen =
                run(
                        config(),
                        scope -> {
                            assertThat(codeOf(() -> scope.machine(broken)))
                                    .isEqualTo("machine.start");
                            var options = Options.standard().withImage(broken);
                            assertThat(codeOf(() -> scope.open("a", agent("a"), options)))
                                    .isEqualTo("machine.start");
                            return scope.open("a", agent("a")).name();
                        });
        assertThat(seen.result().orThrow()).isEqualTo("a");
        assertThat(seen.all(MachineEvent.MachineLost.class))
                .hasSize(2)
                .allSatisfy(lost -> assertThat(lost.failure().message()).contains("no such thing"));
        assertThat(seen.all(MachineEvent.MachineReady.class)).isEmpty();
    }

    interface Spawning {
        Machine spawn(Place place) throws InterruptedException;
    }

    private static Image image(Spawning spawning) {
        return new Image() {
            @Override
            public String id() {
                return "test";
            }

            @Override
            public Machine spawn(Place place) throws InterruptedException {
                return spawning.spawn(place);
            }
        };
    }

    @Test
    @Tag("HM-02")
    void aSpawnThatIsInterruptedLeavesNothing() throws Exception {
        var spawning = new CountDownLatch(1);
        var made = new AtomicReference<@Nullable Machine>();
        Image slow =
                image(place -> {
                    var machine = image("a").spawn(place);
                    made.set(machine);
                    spawning.countDown();
                    while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();
                    return machine; // as if it had not heard it
                });
        try (var runtime = AgentRuntime.open(config())) {
            runtime.run(Workflow.<String, String>named("first", (_, text) -> text), "").orThrow();
            var leaks = Leaks.before();
            Workflow<@Nullable Void, String> body =
                    Workflow.named(
                            "root",
                            (scope, _) ->
                                    scope.open("a", agent("a"), Options.standard().withImage(slow))
                                            .name());
            var handle = runtime.spawn("root", body, null);
            spawning.await();
            handle.cancel("enough");
            assertThat(handle.result()).isInstanceOf(RunResult.Canceled.class);
            var machine = made.get();
            assertThatThrownBy(() -> Objects.requireNonNull(machine).exec(Exec.of("true")))
                    .hasMessageContaining("it was closed");
            leaks.after();
        }
    }
}
