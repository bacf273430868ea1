package dev.skein.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process of the operating system, told apart from a later one that has the same number.
 *
 * @param start when it began: on Linux the clock tick and the boot, elsewhere the millisecond.
 *     Nothing but equality is to be read from it
 */
public record ProcessId(long pid, String start) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int START_FIELD = 19; // the 22nd; the 3rd is the first after the name

    /** This process. */
    public static ProcessId current() {
        return of(ProcessHandle.current())
                .orElseThrow(() -> new IllegalStateException("this process is not listed"));
    }

    /** Of a process that is alive; empty for others. */
    public static Optional<ProcessId> of(ProcessHandle process) {
        return startOf(process.pid()).map(start -> new ProcessId(process.pid(), start));
    }

    /** True while this very process, and no other of its number, is alive. */
    public boolean alive() {
        return startOf(pid).filter(start::equals).isPresent();
    }

    private static Optional<String> startOf(long pid) {
        try {
            var stat =
                    Files.readString(
                            Path.of("/proc", Long.toString(pid), "stat"),
                            StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            // One that has ended and that nobody has asked for its exit code is not alive.
            if (fields[0].equals("Z") || fields[0].equals("X")) return Optional.empty();
            return Optional.of(fields[START_FIELD] + "-" + boot());
        } catch (IOException e) {
            return Files.exists(BOOT) ? Optional.empty() : startByJava(pid);
        }
    }

    private static String boot() throws IOException {
        return Files.readString(BOOT).substring(0, 8);
    }

    private static Optional<String> startByJava(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(start -> Long.toString(start.toEpochMilli()));
    }
}
