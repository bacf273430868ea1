package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import dev.skein.machine.Exec;
import dev.skein.machine.ExecResult;
import dev.skein.machine.Image;
import dev.skein.machine.Machine;
import dev.skein.machine.Place;
import dev.skein.machine.Processes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the cases of {@link MachineContract} stand on. */
@ExtendWith(ContractReport.class)
@Timeout(120)
abstract class MachineCases {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Processes processes = Processes.open();
    private final Deque<Machine> machines = new ArrayDeque<>();
    @TempDir private Path folder;
    private int ordinal;

    abstract Image image(Path folder);

    /** The folder that the image was given, of this computer. */
    final Path folder() {
        return folder.resolve("workspace");
    }

    /** A folder of this computer that belongs to no machine. */
    final Path outside() {
        return folder;
    }

    final Processes processes() {
        return processes;
    }

    /** Closed when the case is over. */
    final Machine machine() throws InterruptedException {
        var place = new Place("0123456789abcdef", ++ordinal, 1, processes);
        var machine = image(folder()).spawn(place);
        machines.push(machine);
        return machine;
    }

    @AfterEach
    final void close() {
        machines.forEach(Machine::close);
        processes.close();
    }

    static ExecResult shell(Machine machine, String script) throws InterruptedException {
        return machine.exec(Exec.shell(script).withLimit(LONG));
    }

    /** What it wrote; it must have succeeded. */
    static String said(Machine machine, String... argv) throws InterruptedException {
        var result = machine.exec(Exec.of(argv).withLimit(LONG));
        assertThat(result.ok()).as(result.toString()).isTrue();
        return result.out().text();
    }

    static void write(Machine machine, String path, String text) {
        machine.write(path, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String text(Machine machine, String path) throws IOException {
        try (var in = machine.read(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Waits until a file is there that holds so many lines. */
    static List<String> lines(Machine machine, String path, int count) throws InterruptedException {
        assertThat(Patience.until(() -> lines(machine, path).size() >= count)).as(path).isTrue();
        return lines(machine, path);
    }

    private static List<String> lines(Machine machine, String path) {
        try {
            var text = text(machine, path);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException | SkeinException e) {
            return List.of(); // not yet
        }
    }

    /** Which of the processes of that machine are alive; one that nobody waited for is not. */
    static List<String> alive(Machine machine, List<String> pids) throws InterruptedException {
        var script =
                "for p in \"$@\"; do if kill -0 $p; then case $(ps -o stat= -p $p) in"
                        + " Z*|'') ;; *) echo $p; esac; fi; done 2>/dev/null";
        var argv = new ArrayDeque<>(List.of("/bin/sh", "-c", script, "sh"));
        argv.addAll(pids);
        return said(machine, argv.toArray(String[]::new)).lines().toList();
    }

    /** The failure with which the call ends. */
    static Failure failure(ThrowingCallable call) {
        var thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(SkeinException.class);
        return ((SkeinException) thrown).failure();
    }

    static void refuses(String code, ThrowingCallable call) {
        assertThat(failure(call).code()).isEqualTo(code);
    }
}
