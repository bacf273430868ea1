package dev.skein.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a task is to be done.
 *
 * @param model beats the agent's; null: the agent's
 * @param toolless one model call without tools
 * @param session whether the stored conversation of the namespace is continued
 * @param variables for the holes {@code var.KEY} of templates
 */
public record TaskOptions(
        @Nullable String model, boolean toolless, boolean session, Map<String, String> variables) {
    private static final TaskOptions NONE = new TaskOptions(null, false, false, Map.of());

    public TaskOptions {
        variables = Map.copyOf(variables);
    }

    public static TaskOptions none() {
        return NONE;
    }

    public TaskOptions withModel(String model) {
        return new TaskOptions(model, toolless, session, variables);
    }

    public TaskOptions withToolless(boolean toolless) {
        return new TaskOptions(model, toolless, session, variables);
    }

    public TaskOptions withSession(boolean session) {
        return new TaskOptions(model, toolless, session, variables);
    }

    public TaskOptions withVariables(Map<String, String> variables) {
        return new TaskOptions(model, toolless, session, variables);
    }
}
