package dev.skein.agent;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds and fills the holes of a template in one pass; what fills a hole is never looked at again.
 */
public final class Holes {
    private static final Set<String> KNOWN =
            Set.of("agent", "today", "now", "namespace", "channel", "tools");
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private Holes() {}

    static Optional<String> problem(String template) {
        try {
            fill(template, Function.identity());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The template with each hole replaced by what {@code value} says.
     *
     * @throws IllegalArgumentException for a hole that no template may have, or one that is not
     *     closed
     */
    public static String fill(String template, Function<String, String> value) {
        var filled = new StringBuilder(template.length());
        int from = 0;
        for (int open = template.indexOf(OPEN); open >= 0; open = template.indexOf(OPEN, from)) {
            filled.append(template, from, open);
            if (template.startsWith(OPEN, open + 2)) {
                filled.append(OPEN);
                from = open + 4;
                continue;
            }
            int close = template.indexOf(CLOSE, open);
            if (close < 0)
                throw new IllegalArgumentException("the template has {{ without }} at " + open);
            filled.append(value.apply(checked(template.substring(open + 2, close).strip())));
            from = close + 2;
        }
        return filled.append(template, from, template.length()).toString();
    }

    private static String checked(String hole) {
        boolean keyed = hole.startsWith("session.") || hole.startsWith("var.");
        if (KNOWN.contains(hole) || (keyed && hole.indexOf('.') < hole.length() - 1)) return hole;
        throw new IllegalArgumentException(
                "unknown template variable {{"
                        + hole
                        + "}}; known: agent, today, now, namespace, channel, tools, session.KEY, var.KEY");
    }
}
