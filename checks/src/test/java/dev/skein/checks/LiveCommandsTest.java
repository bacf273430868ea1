package dev.skein.checks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.home.Home;
import dev.skein.json.Json;
import dev.skein.policy.Environment;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that runs, and the commands that see and steer it from another terminal. */
@Tag("integration")
@Timeout(240)
class LiveCommandsTest extends SecondTerminal {
    private static final String POOL =
            """
            import module dev.skein.core;

            record AddTask(String spec, Optional<Integer> priority) {}
            record None() {}

            void main() throws Exception {
                var pool = Workflow.<Void, String>named("worker-pool", (scope, none) -> {
                    var specs = new LinkedHashMap<String, String>();
                    scope.open(ModelAgent.of("monitor").withModel("offline:"));
                    scope.expose("add_task", "Queue one task.", AddTask.class, task -> {
                        var id = "t%04d".formatted(specs.size() + 1);
                        specs.put(id, task.spec());
                        scope.emit("added", Map.of("id", id));
                        return id;
                    });
                    scope.expose("tasks", "All tasks by id.", None.class, x -> Map.copyOf(specs));
                    scope.expose("hang", "Never returns.", None.class, x -> {
                        scope.emit("hanging", null);
                        try {
                            new CountDownLatch(1).await();
                            return "";
                        } catch (InterruptedException e) {
                            scope.emit("interrupted", null);
                            throw e;
                        }
                    });
                    scope.expose("finish", "Ends it.", None.class, x -> {
                        scope.done("bye");
                        return "ok";
                    });
                    Workflow<Void, String> child = (s, n) -> s.await(String.class);
                    scope.spawn("t0001", child, null);
                    IO.println("up");
                    return scope.await(String.class);
                });
                try (var runtime = AgentRuntime.open()) {
                    IO.println(runtime.run(pool, null).orThrow());
                }
            }
            """;

    LiveCommandsTest() {
        super("Pool.java", POOL);
    }

    private static void controlC(Process process) throws IOException, InterruptedException {
        var pid = Long.toString(process.pid());
        assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();
    }

    private void fails(int code, String message, String... arguments)
            throws IOException, InterruptedException {
        var ended = skein.run(arguments);
        assertThat(ended.err()).startsWith("error " + message).contains("\n  → ").hasLineCount(2);
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.out()).isEmpty();
    }

    private Json run() throws IOException, InterruptedException {
        return Json.parse(printed("ls", "--json").strip()).get("rows").at(0);
    }

    private void finish() throws IOException, InterruptedException {
        assertThat(printed("call", "finish")).isEqualTo("ok\n");
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).isZero();
        try (var left = Files.list(home.resolve("runtimes"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    @Tag("WF-83")
    void aLiveRunIsListedShownAndGoneWhenItHasEnded() throws Exception {
        assertThat(printed("ls").lines().toList().get(0))
                .matches("RUN +NAME +STATUS +SESSIONS +AGE +SPEND +PROGRAM");
        assertThat(printed("ls").lines().toList().get(1))
                .matches("\\w{8}  worker-pool  working +1  .*  Pool.java");
        var status = printed("status");
        assertThat(status)
                .contains("worker-pool  working  attempt 1")
                .contains("Program      Pool.java  pid ")
                .contains("Sessions     monitor  idle")
                .contains("Children     t0001")
                .contains("add_task(spec: string, priority?: integer)  Queue one task.")
                .contains("Spend        $0");
        var id = run().get("id").text();
        assertThat(Json.parse(printed("status", "--json").strip()).path("/identity/id").text())
                .isEqualTo(id);
        finish();
        assertThat(printed("ls")).isEqualTo("No live runs.\n");
        assertThat(printed("ls", "--all"))
                .contains(id.substring(0, 8) + "  worker-pool  completed");
        assertThat(printed("status", "-i", id.substring(0, 6))).contains("worker-pool  completed");
        assertThat(printed("logs", id.substring(0, 8), "--type", "run_ended")).contains("bye");
        var outcome = "run.ended: '" + id.substring(0, 8) + " worker-pool' has ended (completed).";
        fails(3, outcome, "send", "-i", id, "monitor", "x");
        fails(3, outcome, "call", "-i", id, "tasks");
        fails(3, outcome, "cancel", "-i", id);
    }

    @Test
    void theFolderOfARuntimeIsItsOwnersAlone() throws Exception {
        try (var all = Files.walk(home.resolve("runtimes"))) {
            for (var file : all.toList()) {
                var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                assertThat(mode).as(file.toString()).endsWith("------");
            }
        }
        finish();
    }

    @Test
    @Tag("WF-88")
    void endpointsAreCalledWithWhatTheirSchemaSays() throws Exception {
        assertThat(printed("call", "add_task", "spec=write tests", "priority=3"))
                .isEqualTo("t0001\n");
        assertThat(printed("call", "add_task", "--args", "{\"spec\":\"3\"}")).isEqualTo("t0002\n");
        assertThat(printed("call", "tasks", "--json"))
                .isIn(
                        "{\"t0001\":\"write tests\",\"t0002\":\"3\"}\n",
                        "{\"t0002\":\"3\",\"t0001\":\"write tests\"}\n");
        assertThat(printed("call", "tasks"))
                .isEqualTo("{\n  \"t0001\": \"write tests\",\n  \"t0002\": \"3\"\n}\n");
        fails(
                2,
                "invalid.input: priority: expected integer, found \"high\"",
                "call",
                "add_task",
                "spec=x",
                "priority=high");
        fails(2, "invalid.input: 'x': ", "call", "add_task", "x");
        fails(3, "missing.endpoint: No endpoint 'add_tsk'", "call", "add_tsk", "spec=x");
        fails(2, "invalid.call: --as 'A B'", "call", "tasks", "--as", "A B");
        printed("call", "tasks", "--as", "cron.7");
        assertThat(printed("logs", "--type", "endpoint_called", "--tail", "1"))
                .contains("tasks {} by external:cron.7");
        assertThat(printed("logs", "--type", "endpoint_returned", "--tail", "1", "--json"))
                .contains("\"endpoint\":\"tasks\"", "\"took\":");
    }

    @Test
    @Tag("WF-88")
    void argumentsAreGivenAsJsonAsAFileOrThroughAPipe() throws Exception {
        printed("call", "add_task", "spec:=\"3\"", "priority:=2");
        assertThat(printed("logs", "--type", "endpoint_called", "--tail", "1"))
                .contains("add_task {\"spec\":\"3\",\"priority\":2} by external:cli");
        Files.writeString(skein.folder().resolve("task.json"), "{\"spec\":\"of a file\"}");
        assertThat(printed("call", "add_task", "--args", "@task.json")).isEqualTo("t0002\n");
        assertThat(
                        skein.runReading(
                                "{\"spec\":\"of a pipe\"}\n", "call", "add_task", "--args", "-"))
                .isEqualTo(new Command.Ended(0, "t0003\n", ""));
        assertThat(Json.parse(printed("call", "tasks", "--json").strip()))
                .isEqualTo(
                        Json.object("t0001", "3", "t0002", "of a file").with("t0003", "of a pipe"));
        fails(2, "invalid.input: spec: expected JSON, found ", "call", "add_task", "spec:={a");
        fails(2, "invalid.call: no.json cannot be read", "call", "add_task", "--args", "@no.json");
        fails(2, "invalid.call: --args gives all", "call", "add_task", "spec=x", "--args", "{}");
    }

    @Test
    @Tag("WF-80")
    void aPageOfABrowserIsRefusedAndTheProgramSaysSo() throws Exception {
        var environment = Environment.of(Map.of("SKEIN_HOME", home.toString()));
        var socket = Home.open(environment).runtimes().getFirst().card().socket();
        var request = "GET /v1/runs HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.test\r\n\r\n";
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(Objects.requireNonNull(socket)));
            Channels.newOutputStream(channel).write(request.getBytes(US_ASCII));
            var reply = new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
            assertThat(reply).startsWith("HTTP/1.1 403 ").contains("denied.origin");
        }
        assertThat(folder.resolve("first/err"))
                .content()
                .contains("denied.origin: Origin 'http://evil.test' is not served here.");
    }

    @Test
    void aMessageReachesTheSession() throws Exception {
        assertThat(printed("send", "monitor", "Stop after ten."))
                .isEqualTo("sent to monitor (delivered)\n");
        assertThat(printed("send", "monitor", "Now.", "--wait", "seen"))
                .isEqualTo("sent to monitor (seen)\n");
        assertThat(printed("logs", "monitor", "--type", "message_*"))
                .contains("from external:cli: Stop after ten.");
        fails(3, "missing.session: No session 'montor'", "send", "montor", "x");
    }

    @Test
    void aRunBelowIsCanceledByItsPathAndTheWholeWithoutOne() throws Exception {
        assertThat(printed("cancel", "t0001", "--reason", "wrong spec", "--wait"))
                .matches("canceled worker-pool/t0001 in \\d+\\.\\d s\n");
        assertThat(run().get("status").text()).isEqualTo("working");
        assertThat(printed("logs", "--tree", "--type", "cancel_requested"))
                .contains("worker-pool/t0001", "wrong spec");
        fails(3, "missing.run: No run 'zz9'", "cancel", "-i", "zz9");
        assertThat(printed("cancel", "--wait")).startsWith("canceled worker-pool in ");
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    @Tag("WF-92")
    void aLogThatIsFollowedEndsWithTheRunAndAnInterruptedOneSaysHowToGoOn() throws Exception {
        var id = run().get("id").text().substring(0, 8);
        var follower = terminal("follower");
        var following = follower.startHearing("logs", "-f");
        printed("call", "add_task", "spec=x");
        awaitLine(follower.out(), "added {\"id\":\"t0001\"}");
        controlC(following);
        assertThat(follower.ended(following).code()).isEqualTo(130);
        var told = Files.readString(follower.err());
        assertThat(told).matches("resume with: skein logs " + id + " -f --after \\d+\n");
        var words = told.strip().substring("resume with: skein ".length()).split(" ");
        var resumed = terminal("resumed");
        var going = resumed.start(words);
        finish();
        var ended = resumed.ended(going);
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("run_ended").doesNotContain("added");
    }

    @Test
    @Tag("WF-84")
    void aCallThatIsInterruptedIsInterruptedInTheRun() throws Exception {
        var caller = terminal("caller");
        var calling = caller.startHearing("call", "hang");
        var watcher = terminal("watcher");
        var watching = watcher.start("logs", "-f", "--type", "emitted");
        try {
            awaitLine(watcher.out(), "hanging");
            controlC(calling);
            awaitLine(watcher.out(), "interrupted");
        } finally {
            watching.destroyForcibly();
        }
        assertThat(caller.ended(calling).code()).isEqualTo(130);
        assertThat(skein.run("call", "hang", "--timeout", "300ms").code()).isEqualTo(5);
    }

    @Test
    @Tag("WF-83")
    @Tag("WF-89")
    void aRuntimeThatWasKilledIsRemovedAndItsRunIsLostAndReadable() throws Exception {
        var id = run().get("id").text();
        Stream.concat(Stream.of(program.toHandle()), program.descendants())
                .forEach(ProcessHandle::destroyForcibly);
        program.waitFor();
        var ls = skein.run("ls", "--all");
        assertThat(ls.err()).matches("note: removed 1 dead runtime \\(\\w{8}\\)\n");
        assertThat(ls.out()).contains("worker-pool  lost");
        assertThat(printed("ls")).isEqualTo("No live runs.\n");
        assertThat(printed("logs", "-i", id)).contains("run_started", "endpoint_exposed");
        assertThat(printed("status", "-i", id)).contains("worker-pool  lost");
    }

    @Test
    @Tag("WF-83")
    void ofTwoLiveRunsOneMustBeNamed() throws Exception {
        var id = run().get("id").text();
        var other = terminal("other");
        Files.writeString(other.folder().resolve("Pool.java"), POOL);
        var second = other.start("run", "Pool.java");
        try {
            awaitLine(other.out(), "up");
            fails(4, "conflict.ambiguous: 2 are there: ", "status");
            assertThat(printed("status", "-i", id)).contains("worker-pool");
            fails(3, "missing.run: No run 'zz9'", "status", "-i", "zz9");
        } finally {
            second.descendants().forEach(ProcessHandle::destroyForcibly);
            second.destroyForcibly().waitFor();
        }
    }
}
