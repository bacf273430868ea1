package dev.skein.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds what a piece of a program left behind: threads (virtual ones too), TCP sockets (on Linux),
 * processes, and files and folders called {@code skein…} in the temporary folder. It compares two
 * looks at the whole process, so nothing else may start or end things meanwhile.
 *
 * <pre>{@code
 * var leaks = Leaks.before();
 * AgentRuntime.open(config).close();
 * leaks.after();
 * }</pre>
 */
public final class Leaks {
    private static final String OURS = "skein";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Look before;
    private final Duration patience;

    /** All there is at one moment, each thing with its name, what it is, and in what words. */
    private record Look(
            Map<Long, ThreadDump.Dumped> threads,
            Map<String, String> sockets,
            Map<Long, String> processes,
            Set<String> files) {
        static Look now() {
            return new Look(ThreadDump.now().threads(), OpenSockets.now(), descendants(), folder());
        }

        private static Map<Long, String> descendants() {
            return ProcessHandle.current()
                    .descendants()
                    .filter(ProcessHandle::isAlive)
                    .collect(
                            Collectors.toMap(
                                    ProcessHandle::pid,
                                    process ->
                                            process.pid()
                                                    + " "
                                                    + process.info().commandLine().orElse("")));
        }

        private static Set<String> folder() {
            var folder = Path.of(System.getProperty("java.io.tmpdir"));
            var files = new TreeSet<String>();
            try (var found = Files.newDirectoryStream(folder, OURS + "*")) {
                found.forEach(file -> files.add(file.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(folder + " cannot be listed", e);
            }
            return files;
        }
    }

    private Leaks(Look before, Duration patience) {
        this.before = before;
        this.patience = patience;
    }

    /** Looks at what there is now. */
    public static Leaks before() {
        return new Leaks(Look.now(), Patience.SHORTENED.orElse(PATIENCE));
    }

    /** The same look, compared with patience of another length. */
    Leaks patient(Duration time) {
        return new Leaks(before, time);
    }

    /**
     * Looks again, for up to ten seconds as long as there is more than before: what ends by itself,
     * ends.
     *
     * @throws AssertionError that names what is left, threads with their stacks
     */
    public void after() throws InterruptedException {
        var left = new ArrayList<String>();
        boolean clean =
                new Patience(patience, LOOK)
                        .await(() -> {
                            left.clear();
                            left.addAll(left());
                            return left.isEmpty();
                        });
        if (!clean)
            throw new AssertionError(left.size() + " left behind:\n  " + String.join("\n  ", left));
    }

    private List<String> left() {
        var now = Look.now();
        var left = new ArrayList<String>();
        now.threads.forEach((id, thread) -> {
            if (!before.threads.containsKey(id)) left.add(thread.toString());
        });
        now.sockets.forEach((inode, socket) -> {
            if (!before.sockets.containsKey(inode)) left.add(socket);
        });
        now.processes.forEach((pid, process) -> {
            if (!before.processes.containsKey(pid)) left.add("process " + process);
        });
        var files = new HashSet<>(now.files);
        files.removeAll(before.files);
        files.forEach(file -> left.add("file " + file));
        return left;
    }
}
