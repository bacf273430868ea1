package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.home.Home;
import dev.skein.policy.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plain program with a workflow does when it is told to end. */
@Tag("integration")
@Timeout(120)
class SignalTest {
    @TempDir private Path folder;
    private final List<Process> programs = new ArrayList<>();

    private Process program() {
        return programs.getFirst();
    }

    private void start(String how) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StubbornProgram.class.getName(),
                        how);
        builder.environment().put("SKEIN_HOME", folder.resolve("home").toString());
        programs.add(
                builder.redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start());
        awaitLine(StubbornProgram.UP);
    }

    @AfterEach
    void end() throws InterruptedException {
        program().destroyForcibly().waitFor();
    }

    private void signal(String name) throws IOException, InterruptedException {
        var pid = Long.toString(program().pid());
        new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    }

    /** Polls what a process has printed; nothing else tells. */
    private void awaitLine(String line) throws IOException, InterruptedException {
        while (!Files.readAllLines(folder.resolve("out")).contains(line))
            assertThat(program().waitFor(50, TimeUnit.MILLISECONDS))
                    .as(() -> "it ended before it said " + line)
                    .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @Tag("WF-11")
    void aSecondSignalEndsTheProgramAtOnce(String signal, int code) throws Exception {
        start("stubborn");
        signal(signal);
        awaitLine(StubbornProgram.CANCELED);
        boolean gone = false;
        for (int sent = 0; sent < 20 && !gone; sent++) {
            signal(signal);
            gone = program().waitFor(1, TimeUnit.SECONDS);
        }
        assertThat(gone).isTrue();
        assertThat(program().exitValue()).isEqualTo(code);
    }

    @Test
    @Tag("WF-11")
    void theFirstSignalCancelsWhatRunsAndLeavesNothing() throws Exception {
        start("polite");
        signal("TERM");
        assertThat(program().waitFor()).isEqualTo(143);
        assertThat(folder.resolve("out")).content().contains(StubbornProgram.CANCELED);
        var home =
                Home.open(Environment.of(Map.of("SKEIN_HOME", folder.resolve("home").toString())));
        assertThat(home.runtimes()).isEmpty();
        assertThat(home.runs().getFirst().card().orElseThrow().standing().status())
                .isEqualTo("canceled");
    }
}
