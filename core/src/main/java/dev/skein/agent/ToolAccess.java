package dev.skein.agent;

import dev.skein.tool.Asking;
import dev.skein.tool.TrustLevel;
import java.util.Map;
import java.util.Set;

/**
 * What an agent may call, by name.
 *
 * @param names tools that the runtime has
 * @param toolsets toolsets of the runtime, all of whose tools it may call
 * @param delegates agents that it may delegate to; empty: all others of the runtime's set, if that
 *     has delegation on
 * @param trust MEDIUM
 * @param parallel whether the calls of one answer run at the same time; true
 * @param ask rules for single tools, each in place of the tool's own; none softens an ALWAYS
 */
public record ToolAccess(
        Set<String> names,
        Set<String> toolsets,
        Set<String> delegates,
        TrustLevel trust,
        boolean parallel,
        Map<String, Asking> ask) {
    private static final ToolAccess NONE =
            new ToolAccess(Set.of(), Set.of(), Set.of(), TrustLevel.MEDIUM, true, Map.of());

    public ToolAccess {
        names = Set.copyOf(names);
        toolsets = Set.copyOf(toolsets);
        delegates = Set.copyOf(delegates);
        ask = Map.copyOf(ask);
    }

    public static ToolAccess none() {
        return NONE;
    }

    public ToolAccess withNames(Set<String> names) {
        return new ToolAccess(names, toolsets, delegates, trust, parallel, ask);
    }

    public ToolAccess withToolsets(Set<String> toolsets) {
        return new ToolAccess(names, toolsets, delegates, trust, parallel, ask);
    }

    public ToolAccess withDelegates(Set<String> delegates) {
        return new ToolAccess(names, toolsets, delegates, trust, parallel, ask);
    }

    public ToolAccess withTrust(TrustLevel trust) {
        return new ToolAccess(names, toolsets, delegates, trust, parallel, ask);
    }

    public ToolAccess withParallel(boolean parallel) {
        return new ToolAccess(names, toolsets, delegates, trust, parallel, ask);
    }

    public ToolAccess withAsk(Map<String, Asking> ask) {
        return new ToolAccess(names, toolsets, delegates, trust, parallel, ask);
    }
}
