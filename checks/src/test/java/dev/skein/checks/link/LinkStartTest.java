package dev.skein.checks.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.agent.HarnessAgent;
import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import dev.skein.harness.Launch;
import dev.skein.harness.Report;
import dev.skein.harnesses.link.LinkHarness;
import dev.skein.machine.Place;
import dev.skein.machine.Processes;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.Leaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a program comes to its seat, and what is left of one that does not. */
@Tag("integration")
@Timeout(120)
class LinkStartTest {
    @TempDir private Path temporary;

    private Leaks leaks = Leaks.before();

    @BeforeEach
    void look() {
        leaks = Leaks.before();
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        leaks.after();
    }

    private static Launch launch(Processes processes) {
        var place = new Place("run-of-the-test", 1, 1, processes);
        var agent = HarnessAgent.of("w", "link:it");
        return new Launch("root/w", 1, agent, null, place, List.of(), null);
    }

    private static Failure failure(LinkHarness harness) {
        try (var processes = Processes.open()) {
            return catchThrowableOfType(
                            SkeinException.class,
                            () -> harness.start(launch(processes), _ -> {}).close())
                    .failure();
        }
    }

    @Test
    @Tag("HM-39")
    @Tag("HM-56")
    void aProgramThatSaysHelloIsThereAndItsSecretIsGone() throws Exception {
        try (var standIn = StandIn.begin(temporary)) {
            var folder = standIn.folder();
            var env = folder.resolve("env");
            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(mode(folder.resolve("link.sock"))).isEqualTo("rw-------");
            assertThat(mode(env)).isEqualTo("rw-------");
            assertThat(standIn.secret()).hasSize(43);
            assertThat(seenBySystem()).doesNotContain(standIn.secret());
            try (var link = standIn.join()) {
                standIn.seat();
                assertThat(standIn.report()).isEqualTo(new Report.Ready("stand-in 7"));
                assertThat(env).doesNotExist();
                try (var left = Files.walk(folder)) {
                    assertThat(left.filter(Files::isRegularFile)).isEmpty();
                }
                link.send("");
            }
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** Arguments and variables of our processes, as others of the same user see them. */
    private static String seenBySystem() throws IOException {
        var seen = new StringBuilder();
        for (var process : ProcessHandle.current().descendants().toList())
            for (var file : List.of("environ", "cmdline")) {
                var path = Path.of("/proc", Long.toString(process.pid()), file);
                if (Files.exists(path)) seen.append(Files.readString(path, ISO_8859_1));
            }
        assertThat(seen).contains("SKEIN_DIR", "SKEIN_EXEC");
        return seen.toString();
    }

    @Test
    @Tag("HM-39")
    void oneThatEndsFirstFailsAtOnceWithItsLastWords() {
        var lines = "for i in $(seq 30); do echo line $i; done; printf 'bad\\033[31m\\n'; exit 3";
        var failure = failure(LinkHarness.of("it", "/bin/sh", "-c", lines));
        assertThat(failure.code()).isEqualTo("harness.start");
        assertThat(failure.message())
                .contains("exit 3", "line 12\n", "line 30", "bad\\u001b[31m", "/bin/sh")
                .doesNotContain("line 11\n", "\u001b");
    }

    @Test
    @Tag("HM-39")
    void whatItWasKilledByIsSaid() {
        var failure = failure(LinkHarness.of("it", "/bin/sh", "-c", "kill -9 $$"));
        assertThat(failure.message()).contains("signal 9");
    }

    @Test
    @Tag("HM-39")
    void aProgramThatIsNotThereIsSaid() throws IOException {
        var failure = failure(LinkHarness.of("it", "no-such-program"));
        assertThat(failure.code()).isEqualTo("harness.start");
        assertThat(failure.message()).contains("no-such-program");
        var file = Files.writeString(temporary.resolve("file"), "");
        var nowhere = LinkHarness.of("it", "true").withDirectory(file);
        assertThat(failure(nowhere).code()).isEqualTo("machine.workspace");
    }

    @Test
    @Tag("HM-39")
    void ofOneThatNeverSaysHelloNothingIsLeft() throws InterruptedException {
        var mute = LinkHarness.of("mute", "/bin/sh", "-c", "sleep 600 & setsid sleep 600; wait");
        try (var runtime = AgentRuntime.open(RuntimeConfig.defaults().withHarnesses(mute))) {
            Workflow<String, String> workflow =
                    (scope, _) -> {
                        scope.open(
                                "mute",
                                HarnessAgent.of("mute", "link:mute"),
                                AgentSession.Options.standard()
                                        .withStartWithin(Duration.ofMillis(500)));
                        return "opened";
                    };
            var failed =
                    catchThrowableOfType(
                            SkeinException.class, () -> runtime.run(workflow, "").orThrow());
            assertThat(failed.failure().code()).isEqualTo("harness.start");
        }
    }

    @Test
    @Tag("HM-39")
    void anInterruptLeavesNothing() throws Exception {
        try (var standIn = StandIn.begin(temporary)) {
            standIn.interrupt();
            assertThat(catchThrowableOfType(Exception.class, standIn::seat)).isNotNull();
            assertThat(standIn.folder()).doesNotExist();
        }
    }

    @Test
    @Tag("HM-39")
    void whatAProgramLeftRunningIsEndedWithIt() throws Exception {
        var script = "sleep 6161 & setsid sleep 6161 & (sleep 6161 &) ; exit 0";
        assertThat(failure(LinkHarness.of("it", "/bin/sh", "-c", script)).message())
                .contains("exit 0");
        assertThat(ProcessHandle.allProcesses().filter(LinkStartTest::sleeps)).isEmpty();
    }

    private static boolean sleeps(ProcessHandle process) {
        return process.isAlive()
                && process.info().arguments().map(List::of).orElse(List.of()).contains("6161");
    }
}
