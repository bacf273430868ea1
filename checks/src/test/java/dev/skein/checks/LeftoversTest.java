package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that is killed leaves processes; whoever looks next ends them. */
@Tag("integration")
@Timeout(240)
class LeftoversTest extends SecondTerminal {
    private static final String DESK =
            """
            import module dev.skein.core;

            void main() throws Exception {
                var leaves = "nohup sleep 600 & echo $! >> pids; setsid sleep 600 & echo $! >> pids;"
                    + " (setsid sh -c 'trap \\"\\" TERM; echo $$ >> pids; sleep 600; sleep 600' &);"
                    + " echo $$ >> pids; while [ $(wc -l < pids) -lt 4 ]; do :; done;"
                    + " echo up; exec sleep 600";
                var desk = Workflow.<Void, String>named("desk", (scope, none) -> {
                    var machine = scope.machine(LocalImage.unsafe(Path.of("desk")));
                    var live = machine.start(Exec.of("sh", "-c", leaves));
                    IO.println(new BufferedReader(new InputStreamReader(live.out())).readLine());
                    return scope.await(String.class);
                });
                try (var runtime = AgentRuntime.open(RuntimeConfig.defaults())) {
                    IO.println(runtime.run(desk, null).orThrow());
                }
            }
            """;

    LeftoversTest() {
        super("Desk.java", DESK);
    }

    @Test
    @Tag("WF-65")
    @Tag("WF-83")
    void whatAKilledProgramLeftInItsMachinesIsEnded() throws Exception {
        var pids = Files.readAllLines(folder.resolve("first/desk/pids"));
        assertThat(pids).hasSize(4).allMatch(LeftoversTest::lives);
        while (!isOnDisk()) program.waitFor(50, TimeUnit.MILLISECONDS);
        Stream.concat(Stream.of(program.toHandle()), program.descendants().filter(this::isJava))
                .forEach(ProcessHandle::destroyForcibly);
        program.waitFor();
        assertThat(pids).allMatch(LeftoversTest::lives);
        var ls = skein.run("ls", "--all");
        assertThat(ls.err()).matches("note: removed 1 dead runtime \\(\\w{8}\\)\n");
        assertThat(ls.out()).contains("desk  lost");
        assertThat(pids).noneMatch(LeftoversTest::lives);
    }

    /** The files of a run are written beside it; nothing else tells when. */
    private boolean isOnDisk() throws IOException {
        if (!Files.isDirectory(home.resolve("runs"))) return false;
        try (var files =
                Files.find(home.resolve("runs"), 2, (file, _) -> file.endsWith("run.json"))) {
            return files.findAny().isPresent();
        }
    }

    private boolean isJava(ProcessHandle process) {
        return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
    }

    /** One that has ended and whose end nobody has asked for does not. */
    private static boolean lives(String pid) {
        try {
            var stat = Files.readString(Path.of("/proc", pid, "stat"));
            return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException e) {
            return false;
        }
    }
}
