package dev.skein.home;

import dev.skein.json.JsonType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a runtime started outside of itself and has to end.
 *
 * @param kind what it is, such as {@code process} or {@code terminal}
 * @param process of a mark, the runtime itself
 * @param ref how it is found by hand: a command, a name, a socket
 * @param run for which run it was started
 */
public record Owned(String kind, ProcessId process, String ref, String run) {
    /** The kind of what is no process but a mark of all of them; its ref is the mark. */
    public static final String MARK = "mark";

    /** How the names of temporary folders begin, before the mark of the runtime that made them. */
    public static final String TEMPORARY = "skein-machine-";

    private record Line(String kind, ProcessId process, String ref, String run, boolean released) {
        Owned owned() {
            return new Owned(kind, process, ref, run);
        }
    }

    private static final FlatForm<Line> LINE =
            new FlatForm<>(JsonType.of(Line.class), Map.of("process", List.of("pid", "start")));

    /** All that is to be ended with it. One that has ended since may be anybody's by now. */
    ProcessTable.Family family() {
        if (kind.equals(MARK)) return new ProcessTable.Family(null, ref, 0);
        return new ProcessTable.Family(process.alive() ? process : null, "", 0);
    }

    /** As a line of {@code owned.jsonl}, with its end. */
    String line(boolean released) {
        return LINE.encode(new Line(kind, process, ref, run, released)).canonical() + "\n";
    }

    /** What was owned and not released when the last whole line was written. */
    static List<Owned> held(String lines) {
        var held = new LinkedHashMap<ProcessId, Owned>();
        lines.substring(0, lines.lastIndexOf('\n') + 1)
                .lines()
                .flatMap(text -> LINE.decode(text).stream())
                .forEach(line -> {
                    if (line.released()) held.remove(line.process());
                    else held.put(line.process(), line.owned());
                });
        return List.copyOf(held.values());
    }
}
