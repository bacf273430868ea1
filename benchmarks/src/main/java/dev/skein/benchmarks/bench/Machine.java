package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** The computer, by what {@code /proc} says of it. */
final class Machine {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final int MILLIS_PER_TICK = 10;
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int COUNTED = 8;

    private Machine() {}

    /** CPU time of a process and of its threads that have ended. */
    static long cpuMillis(long pid) throws IOException {
        var text = Files.readString(PROC.resolve(pid + "/stat"));
        var fields = SPACE.split(text.substring(text.lastIndexOf(')') + 2), -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
    }

    /** CPU time that anybody used, on all cores together. */
    static long busyMillis() throws IOException {
        try (var lines = Files.lines(PROC.resolve("stat"))) {
            var total = lines.findFirst().orElseThrow();
            var ticks =
                    SPACE.splitAsStream(total)
                            .skip(1)
                            .limit(COUNTED)
                            .mapToLong(Long::parseLong)
                            .toArray();
            return (LongStream.of(ticks).sum() - ticks[IDLE] - ticks[WAITING]) * MILLIS_PER_TICK;
        }
    }

    /** A number of the status of a process, such as {@code VmHWM} in KiB; -1 if there is none. */
    static long status(long pid, String name) throws IOException {
        try (var lines = Files.lines(PROC.resolve(pid + "/status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(-1);
        }
    }

    /** The machine in words. */
    static Json.Obj words() throws IOException {
        long kib = Long.parseLong(line("meminfo", "MemTotal").replaceAll("\\D", ""));
        return Json.object(
                "cores", Runtime.getRuntime().availableProcessors(),
                "memory", Math.round(kib / 1024.0 / 1024.0) + " GiB",
                "system", system(),
                "kernel", System.getProperty("os.version"),
                "jdk", System.getProperty("java.vendor.version"),
                "load", Files.readString(PROC.resolve("loadavg")).split(" ", 2)[0]);
    }

    private static String line(String file, String beginning) throws IOException {
        try (var lines = Files.lines(PROC.resolve(file))) {
            return lines.filter(line -> line.startsWith(beginning)).findFirst().orElse("0");
        }
    }

    private static String system() throws IOException {
        var release = Path.of("/etc/os-release");
        if (Files.notExists(release)) return System.getProperty("os.name");
        try (var lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("PRETTY_NAME="))
                    .map(line -> line.replaceAll("PRETTY_NAME=|\"", ""))
                    .findFirst()
                    .orElse("Linux");
        }
    }
}
