package dev.skein.testkit;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * All threads of this process, virtual ones included, but for those that the virtual machine and
 * test engines keep for themselves.
 *
 * @param threads by their ids
 */
record ThreadDump(Map<Long, Dumped> threads) {
    private static final Pattern HEAD = Pattern.compile("#(\\d+) \"(.*)\"( virtual)?( .*)?");
    private static final Pattern THEIRS =
            Pattern.compile(
                    "main|Reference Handler|Finalizer|Signal Dispatcher|Notification Thread"
                            + "|Common-Cleaner|Cleaner-.*|VirtualThread-un.*|.*Poller.*"
                            + "|ForkJoinPool-.*|ForkJoinPool\\.commonPool-.*|Attach Listener"
                            + "|DestroyJavaVM|process reaper.*|surefire-.*|junit-.*|JFR .*");
    private static final String FRAME = "    at ";
    private static final int SHOWN_FRAMES = 12;

    /** A thread as it was; its stack from the inside out. */
    record Dumped(String name, boolean virtual, List<String> stack) {
        @Override
        public String toString() {
            var text = new StringBuilder(virtual ? "virtual thread \"" : "thread \"");
            text.append(name).append('"');
            for (var frame : stack.subList(0, Math.min(SHOWN_FRAMES, stack.size())))
                text.append("\n      at ").append(frame);
            return text.toString();
        }
    }

    static ThreadDump now() {
        try {
            var folder = Files.createTempDirectory("skein-dump");
            var file = folder.resolve("threads.txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
                return parse(Files.readAllLines(file));
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The threads of this process cannot be listed", e);
        }
    }

    private static ThreadDump parse(List<String> lines) {
        var threads = new LinkedHashMap<Long, Dumped>();
        var stack = new ArrayList<String>();
        for (var line : lines) {
            var head = HEAD.matcher(line);
            if (head.matches()) {
                stack = new ArrayList<>();
                if (!THEIRS.matcher(head.group(2)).matches())
                    threads.put(
                            Long.valueOf(head.group(1)),
                            new Dumped(head.group(2), head.group(3) != null, stack));
            } else if (line.startsWith(FRAME)) {
                stack.add(line.substring(FRAME.length()));
            }
        }
        return new ThreadDump(threads);
    }

    /** All of them, with their stacks. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        threads.values().forEach(thread -> text.append("    ").append(thread).append('\n'));
        return text.toString();
    }
}
