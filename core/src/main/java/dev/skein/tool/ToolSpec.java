package dev.skein.tool;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.JsonType;
import dev.skein.name.NameRule;
import java.util.Set;

/**
 * What a tool is, without its code.
 *
 * @param name 1 to 64 characters {@code [A-Za-z][A-Za-z0-9_-]*}
 * @param description what the model reads; 1 to 4,096 characters
 * @param labels what the tool can reach: {@code network}, {@code egress}, {@code exec}, {@code
 *     irreversible}; any other label marks what reads its result
 */
public record ToolSpec(
        String name,
        String description,
        JsonType<?> input,
        Effect effect,
        Set<String> labels,
        ToolLimits limits,
        Asking asking) {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_DESCRIPTION = 4096;

    /**
     * Checks the declaration.
     *
     * @throws SkeinException with {@code invalid.tool}
     */
    public ToolSpec {
        if (!NameRule.fits(name, LONGEST_NAME))
            throw refused(name, "has a name that is not 1 to 64 characters [A-Za-z][A-Za-z0-9_-]*");
        if (description.isBlank() || description.length() > LONGEST_DESCRIPTION)
            throw refused(
                    name,
                    "has a description of "
                            + description.length()
                            + " characters; it must have 1 to 4,096");
        labels = Set.copyOf(labels);
    }

    public ToolSpec withName(String name) {
        return new ToolSpec(name, description, input, effect, labels, limits, asking);
    }

    public ToolSpec withEffect(Effect effect) {
        return new ToolSpec(name, description, input, effect, labels, limits, asking);
    }

    public ToolSpec withLabels(Set<String> labels) {
        return new ToolSpec(name, description, input, effect, labels, limits, asking);
    }

    public ToolSpec withLimits(ToolLimits limits) {
        return new ToolSpec(name, description, input, effect, labels, limits, asking);
    }

    public ToolSpec withAsking(Asking asking) {
        return new ToolSpec(name, description, input, effect, labels, limits, asking);
    }

    private static SkeinException refused(String name, String problem) {
        return new SkeinException(new Invalid.Tool(name, problem, "Correct the declaration."));
    }
}
