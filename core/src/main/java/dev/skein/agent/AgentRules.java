package dev.skein.agent;

import dev.skein.failure.Findings;
import dev.skein.policy.Budget;
import dev.skein.policy.RunLimits;
import dev.skein.tool.ToolPolicy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every kind of agent has.
 *
 * @param description what others read of it, at most 1,024 characters
 * @param labels at most 32, for people
 * @param limits those that are unset are the runtime's
 * @param budget of each of its runs; null: only what is above it limits
 */
public record AgentRules(
        String description,
        Map<String, String> labels,
        RunLimits.Some limits,
        @Nullable Budget budget,
        @Nullable ToolPolicy policy) {
    private static final int LONGEST_DESCRIPTION = 1_024;
    private static final int MOST_LABELS = 32;
    private static final AgentRules NONE =
            new AgentRules("", Map.of(), RunLimits.Some.none(), null, null);

    public AgentRules {
        labels = Map.copyOf(labels);
        new Findings("rules")
                .check(
                        description.length() <= LONGEST_DESCRIPTION,
                        "description has more than 1,024 characters")
                .check(
                        labels.size() <= MOST_LABELS,
                        "there may be 32 labels, there are %s",
                        labels.size())
                .orThrow();
    }

    public static AgentRules none() {
        return NONE;
    }

    public AgentRules withDescription(String description) {
        return new AgentRules(description, labels, limits, budget, policy);
    }

    public AgentRules withLabels(Map<String, String> labels) {
        return new AgentRules(description, labels, limits, budget, policy);
    }

    public AgentRules withLimits(RunLimits.Some limits) {
        return new AgentRules(description, labels, limits, budget, policy);
    }

    public AgentRules withBudget(Budget budget) {
        return new AgentRules(description, labels, limits, budget, policy);
    }

    public AgentRules withPolicy(ToolPolicy policy) {
        return new AgentRules(description, labels, limits, budget, policy);
    }
}
