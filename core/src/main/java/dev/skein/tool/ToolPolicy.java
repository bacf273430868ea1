package dev.skein.tool;

import dev.skein.name.NameRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may call what. The strictest rule that fits wins; where none fits the call is allowed.
 * Sources of policy combine to the strictest, so none widens another.
 */
public record ToolPolicy(String name, List<Rule> rules) {
    public ToolPolicy {
        rules = List.copyOf(rules);
    }

    /**
     * A decision and the calls it is for.
     *
     * @param tools names with {@code *} for any text; empty: all tools
     * @param agents names compared without case; empty: all agents
     * @param except true turns the tool names round: all tools but these
     */
    public record Rule(Decision decision, Set<String> tools, Set<String> agents, boolean except) {
        public Rule {
            tools = Set.copyOf(tools);
            agents = Set.copyOf(agents);
        }

        boolean fits(String agent, String tool) {
            boolean named =
                    tools.isEmpty() || tools.stream().anyMatch(pattern -> glob(pattern, tool));
            boolean here =
                    agents.isEmpty()
                            || agents.stream()
                                    .anyMatch(one -> NameRule.key(one).equals(NameRule.key(agent)));
            return here && named != except;
        }
    }

    public static ToolPolicy allowAll() {
        return new ToolPolicy("allow-all", List.of());
    }

    public static ToolPolicy denyAll() {
        return new ToolPolicy(
                "deny-all", List.of(new Rule(Decision.DENY, Set.of(), Set.of(), false)));
    }

    public static ToolPolicy deny(String... tools) {
        return new ToolPolicy(
                "deny", List.of(new Rule(Decision.DENY, Set.of(tools), Set.of(), false)));
    }

    public static ToolPolicy ask(String... tools) {
        return new ToolPolicy(
                "ask", List.of(new Rule(Decision.ASK, Set.of(tools), Set.of(), false)));
    }

    /** Denies every other tool. */
    public static ToolPolicy only(String... tools) {
        return new ToolPolicy(
                "only", List.of(new Rule(Decision.DENY, Set.of(tools), Set.of(), true)));
    }

    public ToolPolicy and(ToolPolicy other) {
        return new ToolPolicy(
                name + "+" + other.name,
                Stream.concat(rules.stream(), other.rules.stream()).toList());
    }

    public Decision decide(String agent, String tool) {
        var decision = Decision.ALLOW;
        for (var rule : rules)
            if (rule.fits(agent, tool)) decision = decision.stricter(rule.decision());
        return decision;
    }

    private static boolean glob(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) return pattern.equals(text);
        if (!text.startsWith(pattern.substring(0, star))) return false;
        var rest = pattern.substring(star + 1);
        for (int from = star; from <= text.length(); from++)
            if (glob(rest, text.substring(from))) return true;
        return false;
    }
}
