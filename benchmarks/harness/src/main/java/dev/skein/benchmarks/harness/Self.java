package dev.skein.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What this process uses, as the system and the virtual machine count it. */
public final class Self {
    private static final Path PROCESS = Path.of("/proc/self");
    private static final Set<String> MACHINE_GROUPS = Set.of("system", "InnocuousThreadGroup");
    private static final int INODE = 9;

    private Self() {}

    static long cpuMicros() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return TimeUnit.NANOSECONDS.toMicros(system.getProcessCpuTime());
    }

    /** Bytes of live objects; collects garbage first. */
    public static long liveBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** A number of {@code /proc/self/status}, such as {@code VmHWM} in KiB or {@code Threads}. */
    static long status(String name) throws IOException {
        try (var lines = Files.lines(PROCESS.resolve("status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(-1);
        }
    }

    /** Connections that this process holds open; sockets that the virtual machine made are none. */
    static long sockets() throws IOException {
        var tcp = new HashSet<String>();
        for (var table : List.of("net/tcp", "net/tcp6"))
            try (var lines = Files.lines(PROCESS.resolve(table))) {
                lines.map(line -> "socket:[" + line.strip().split(" +", -1)[INODE] + "]")
                        .forEach(tcp::add);
            }
        try (var open = Files.list(PROCESS.resolve("fd"))) {
            return open.filter(descriptor -> tcp.contains(target(descriptor))).count();
        }
    }

    /** The names of live platform threads that do not belong to the virtual machine. */
    static String threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.equals(Thread.currentThread()))
                .filter(thread -> thread.getThreadGroup() != null)
                .filter(thread -> !MACHINE_GROUPS.contains(thread.getThreadGroup().getName()))
                .map(Thread::getName)
                .filter(name -> !name.startsWith("ForkJoinPool"))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // Closed since it was listed: it is the one that lists.
        }
    }
}
