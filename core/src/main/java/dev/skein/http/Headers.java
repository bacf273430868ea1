package dev.skein.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The headers of a reply. Names are compared without case. Kept as the bytes that came and read
 * when asked for, because most replies are never asked.
 */
public final class Headers {
    private final byte[] lines;

    /**
     * Takes whole header lines that have been checked: each has a name, a colon and a line feed.
     */
    Headers(byte[] lines) {
        this.lines = lines;
    }

    /** The first value of that name, without blanks around it. */
    public Optional<String> first(String name) {
        for (int at = 0; at < lines.length; at = Ascii.lineAfter(lines, at)) {
            if (Ascii.isHeader(lines, at, name)) {
                return Optional.of(value(at));
            }
        }
        return Optional.empty();
    }

    /** All headers by name, in the order of the values; names ignore case. */
    public Map<String, List<String>> all() {
        var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (int at = 0; at < lines.length; at = Ascii.lineAfter(lines, at)) {
            int colon = Ascii.indexOf(lines, at, ':');
            var name = new String(lines, at, colon - at, StandardCharsets.ISO_8859_1);
            all.computeIfAbsent(name, _ -> new ArrayList<>()).add(value(at));
        }
        all.replaceAll((_, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(all);
    }

    private String value(int line) {
        int from = Ascii.indexOf(lines, line, ':') + 1;
        int to = Ascii.indexOf(lines, from, '\n');
        return new String(lines, from, to - from, StandardCharsets.ISO_8859_1).strip();
    }

    /** The names only: a value may be a secret. */
    @Override
    public String toString() {
        return "Headers" + all().keySet();
    }
}
