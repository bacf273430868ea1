package dev.skein.agent;

import dev.skein.session.ContextFilter;
import dev.skein.session.ContextWindow;

/**
 * What of all that was said a model gets.
 *
 * @param filter of the caller's history, when the agent runs as a child; none of it
 */
public record ContextPlan(ContextWindow window, ContextFilter filter) {
    private static final ContextPlan STANDARD =
            new ContextPlan(ContextWindow.standard(), ContextFilter.none());

    public static ContextPlan standard() {
        return STANDARD;
    }

    public ContextPlan withWindow(ContextWindow window) {
        return new ContextPlan(window, filter);
    }

    public ContextPlan withFilter(ContextFilter filter) {
        return new ContextPlan(window, filter);
    }
}
