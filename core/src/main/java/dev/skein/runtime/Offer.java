package dev.skein.runtime;

import dev.skein.name.Namespace;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The tools of one agent at one moment.
 *
 * @param known all that its source has, by name; not all of them may be called
 * @param specs those that the model is shown, by name; the same list as long as nothing changed
 * @param tokens what the specs add to each request
 */
record Offer(
        List<Tool> source,
        Namespace namespace,
        Map<String, Tool> known,
        List<ToolSpec> specs,
        long tokens) {
    static Offer nothing(Namespace namespace) {
        return new Offer(List.of(), namespace, Map.of(), List.of(), 0);
    }

    List<String> names() {
        return specs.stream().map(ToolSpec::name).toList();
    }

    /** With one tool more that the model is shown; the gate knows it by itself. */
    Offer and(ToolSpec more, long itsTokens) {
        var all = new ArrayList<>(specs);
        all.add(more);
        all.sort(Comparator.comparing(ToolSpec::name));
        return new Offer(source, namespace, known, List.copyOf(all), tokens + itsTokens);
    }
}
