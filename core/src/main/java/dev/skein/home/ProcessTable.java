package dev.skein.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs on this computer at one moment, and who belongs to whom: by {@code /proc}. Where there
 * is none, a process has only those below it that Java knows.
 */
public final class ProcessTable {
    /** The variable by which processes are found whose parents have ended. */
    public static final String MARK = "SKEIN_EXEC";

    private static final Path PROC = Path.of("/proc");
    private static final int PARENT_FIELD = 1; // the 4th; the 3rd is the first after the name
    private static final int GROUP_FIELD = 2;
    private static final int SESSION_FIELD = 3;
    private static final int START_FIELD = 19;
    private static final long NOBODY = -2;
    private static final int ENDED = 'Z';

    private final List<Row> rows;

    private record Row(long pid, long parent, long group, long session, long start) {}

    /**
     * A process and what it started.
     *
     * @param root the one that was started first, in a group of its own; null: only marks tell
     * @param mark how the value of {@link #MARK} begins in its environment
     * @param since what began before it, by the clock of {@link #born()}, is none of it
     */
    public record Family(@Nullable ProcessId root, String mark, long since) {}

    private ProcessTable(List<Row> rows) {
        this.rows = rows;
    }

    /** Those that are alive now; one that has ended and was not waited for is not. */
    public static ProcessTable read() {
        var rows = new ArrayList<Row>();
        if (Files.isDirectory(PROC.resolve("self"))) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
                for (var one : all) row(one).ifPresent(rows::add);
            } catch (IOException e) {
                throw new IllegalStateException("/proc cannot be read", e);
            }
        }
        return new ProcessTable(rows);
    }

    /** When this program was started, by the clock of the processes; 0 if that is not known. */
    public static long born() {
        return row(PROC.resolve("self")).map(Row::start).orElse(0L);
    }

    /** The members that are alive, in no order. Never this process. */
    public List<ProcessHandle> members(Collection<Family> families) {
        var found = new HashSet<ProcessHandle>();
        for (var family : families)
            found.addAll(rows.isEmpty() ? below(family.root()) : members(family));
        return List.copyOf(found);
    }

    private List<ProcessHandle> members(Family family) {
        var pids = new HashSet<Long>();
        var first = family.root();
        long root = first == null || reused(first) ? NOBODY : first.pid();
        for (var row : rows)
            if (row.start() >= family.since()
                    && (isOf(root, row) || marked(row.pid(), family.mark()))) pids.add(row.pid());
        int before;
        do {
            before = pids.size();
            addChildren(pids, family.since());
        } while (pids.size() > before);
        pids.remove(ProcessHandle.current().pid());
        return pids.stream().map(ProcessHandle::of).flatMap(Optional::stream).toList();
    }

    private void addChildren(Set<Long> pids, long since) {
        for (var row : rows)
            if (row.start() >= since && pids.contains(row.parent())) pids.add(row.pid());
    }

    /** As long as something of its group lives, nobody else can get its number. */
    private static boolean isOf(long root, Row row) {
        return row.pid() == root || row.group() == root || row.session() == root;
    }

    /** Its number is another one's by now. */
    private boolean reused(ProcessId root) {
        return rows.stream().anyMatch(row -> row.pid() == root.pid()) && !root.alive();
    }

    private static boolean marked(long pid, String mark) {
        if (mark.isEmpty()) return false;
        try {
            var bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
            var variables = "\0" + new String(bytes, StandardCharsets.ISO_8859_1);
            return variables.contains("\0" + MARK + "=" + mark);
        } catch (IOException e) {
            return false; // it has ended, or is somebody else's
        }
    }

    private static Set<ProcessHandle> below(@Nullable ProcessId root) {
        var found = new HashSet<ProcessHandle>();
        if (root == null || !root.alive()) return found;
        ProcessHandle.of(root.pid())
                .ifPresent(process -> {
                    found.add(process);
                    process.descendants().forEach(found::add);
                });
        return found;
    }

    private static Optional<Row> row(Path process) {
        try {
            var stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            long pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            if (fields[0].charAt(0) == ENDED || fields[0].charAt(0) == 'X') return Optional.empty();
            return Optional.of(
                    new Row(
                            pid,
                            Long.parseLong(fields[PARENT_FIELD]),
                            Long.parseLong(fields[GROUP_FIELD]),
                            Long.parseLong(fields[SESSION_FIELD]),
                            Long.parseLong(fields[START_FIELD])));
        } catch (IOException e) {
            return Optional.empty(); // it has just ended
        }
    }
}
