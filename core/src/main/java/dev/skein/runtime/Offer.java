package dev.skein.runtime;

import dev.skein.name.Namespace;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one agent at one moment.
 *
 * @param known all that its source has, by name; not all of them may be called
 * @param specs those that the model is shown, by name; the same list as long as nothing changed
 * @param tokens what the specs add to each request
 * @param delegation the way to other agents of the run that asks; null: there is none
 */
record Offer(
        List<Tool> source,
        Namespace namespace,
        Map<String, Tool> known,
        List<ToolSpec> specs,
        long tokens,
        @Nullable Delegation delegation) {
    static Offer nothing(Namespace namespace) {
        return new Offer(List.of(), namespace, Map.of(), List.of(), 0, null);
    }

    /** The same for another run. */
    Offer with(@Nullable Delegation delegation) {
        return new Offer(source, namespace, known, specs, tokens, delegation);
    }

    @Nullable Tool find(String name) {
        return delegation != null && name.equals(Delegates.TOOL) ? delegation : known.get(name);
    }

    List<String> names() {
        return specs.stream().map(ToolSpec::name).toList();
    }

    /** With one tool more that the model is shown; the gate knows it by itself. */
    Offer and(ToolSpec more, long itsTokens) {
        var all = new ArrayList<>(specs);
        all.add(more);
        all.sort(Comparator.comparing(ToolSpec::name));
        return new Offer(
                source, namespace, known, List.copyOf(all), tokens + itsTokens, delegation);
    }
}
