package dev.skein.cli;

import dev.skein.event.Entry;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which entries are shown; what is null or empty does not matter. */
record LogFilter(Place place, String type, String agent, @Nullable Instant since) {
    /**
     * Where they happened.
     *
     * @param run the run's id
     * @param path of a run or a session below it; empty: the run itself
     * @param tree with what is below
     */
    record Place(String run, String path, boolean tree) {
        boolean holds(Entry entry) {
            var origin = entry.origin();
            if (path.isEmpty()) return tree || origin.run().equals(run);
            return origin.path().equals(path) || (tree && origin.path().startsWith(path + "/"));
        }
    }

    boolean shows(Entry entry) {
        return place.holds(entry)
                && (agent.isEmpty() || entry.origin().agent().equalsIgnoreCase(agent))
                && (type.isEmpty() || glob().matcher(entry.event().kind()).matches())
                && (since == null || !entry.at().isBefore(since));
    }

    private Pattern glob() {
        var parts = type.split("\\*", -1);
        var pattern = new StringBuilder();
        for (int i = 0; i < parts.length; i++)
            pattern.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        return Pattern.compile(pattern.toString());
    }
}
