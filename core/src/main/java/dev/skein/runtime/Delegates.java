package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.AgentSet;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.tool.Asking;
import dev.skein.tool.Effect;
import dev.skein.tool.Sharing;
import dev.skein.tool.ToolLimits;
import dev.skein.tool.ToolSpec;
import dev.skein.tool.TrustLevel;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom one agent may delegate to, by name.
 *
 * @param spec the tool for it; null if nobody can be reached
 */
record Delegates(List<Agent<?>> reachable, @Nullable ToolSpec spec) {
    static final String TOOL = "delegate_to_agent";

    private static final Delegates NOBODY = new Delegates(List.of(), null);

    /** A child has its own deadline; the call as such has none but the run's. */
    private static final Duration LONGEST = Duration.ofHours(24);

    /**
     * Those that the agent names, else all others of the set, if it is one of them and the set has
     * delegation on.
     */
    static Delegates of(Agent<?> agent, AgentSet set) {
        var named = agent.tools().delegates();
        if (agent.tools().trust() == TrustLevel.SANDBOX) return NOBODY;
        boolean member = names(Set.of(agent.name()), set.agents());
        if (named.isEmpty() && !(set.delegation() && member)) return NOBODY;
        var reachable =
                set.agents().stream()
                        .filter(other -> !other.name().equalsIgnoreCase(agent.name()))
                        .filter(other -> named.isEmpty() || names(named, List.of(other)))
                        .sorted(Comparator.comparing(other -> other.name()))
                        .toList();
        return reachable.isEmpty() ? NOBODY : new Delegates(reachable, spec(reachable));
    }

    private static boolean names(Set<String> names, List<Agent<?>> agents) {
        return agents.stream()
                .anyMatch(agent -> names.stream().anyMatch(agent.name()::equalsIgnoreCase));
    }

    Optional<Agent<?>> find(String name) {
        return reachable.stream()
                .filter(agent -> agent.name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    private static ToolSpec spec(List<Agent<?>> reachable) {
        var description =
                new StringBuilder("Gives a task to another agent and returns its answer. Agents:");
        for (var agent : reachable)
            description.append("\n- ").append(agent.name()).append(told(agent));
        var names = reachable.stream().<Json>map(agent -> Json.of(agent.name())).toList();
        var schema =
                Json.object(
                        "type",
                        "object",
                        "properties",
                        Json.object(
                                "agent",
                                Json.object("type", "string", "enum", names),
                                "task",
                                Json.object(
                                        "type",
                                        "string",
                                        "description",
                                        "all that the agent has to know; JSON if it wants JSON")),
                        "required",
                        List.of("agent", "task"),
                        "additionalProperties",
                        false);
        return new ToolSpec(
                TOOL,
                shortened(description.toString()),
                JsonType.schema(schema),
                Effect.WRITE,
                Set.of(),
                ToolLimits.standard().withTimeout(LONGEST).withSharing(Sharing.TURN),
                Asking.NEVER);
    }

    private static String told(Agent<?> agent) {
        var said = agent.rules().description().lines().findFirst().orElse("");
        var wants =
                agent.input().equals(JsonType.text())
                        ? ""
                        : " (task: JSON of " + agent.input().tag().toLowerCase(Locale.ROOT) + ")";
        return (said.isBlank() ? "" : ": " + said) + wants;
    }

    private static String shortened(String text) {
        int most = 4_096;
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
