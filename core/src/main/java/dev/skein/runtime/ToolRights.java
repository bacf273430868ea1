package dev.skein.runtime;

import dev.skein.agent.ToolAccess;
import dev.skein.model.ProviderTool;
import dev.skein.name.Namespace;
import dev.skein.tool.Asking;
import dev.skein.tool.Decision;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolPolicy;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one run may do with a tool: the same answer for the list that a model is shown and for the
 * gate.
 */
record ToolRights(LiveRun<?> run, ToolAccess access, String toolset) {
    /**
     * The strictest of all who have a say.
     *
     * @param rule who said it: {@code access}, {@code policy}, {@code trust} or {@code asking}
     */
    record Verdict(Decision decision, String rule, List<String> reasons) {}

    private static final Verdict ALLOWED = new Verdict(Decision.ALLOW, "access", List.of());

    boolean offers(ToolSpec tool) {
        return verdict(tool).decision() != Decision.DENY;
    }

    Verdict verdict(ToolSpec tool) {
        // It shows what the run was given; whatever forbade that would have forbidden the call.
        if (tool.name().equals(ReadOutput.NAME)) return ALLOWED;
        if (!access.names().contains(tool.name()) && !access.toolsets().contains(toolset))
            return denied("access", "the agent may not call it");
        var policy = policy(tool.name());
        if (policy == Decision.DENY) return denied("policy", "policy forbids it");
        var trust = access.trust().of(tool.effect(), tool.labels());
        if (trust == Decision.DENY)
            return denied("trust", "trust " + access.trust() + " does not allow " + what(tool));
        return asking(tool, policy, trust);
    }

    /** Of a tool that the owner of a live session gave it; its agent need not name it. */
    Verdict given(@Nullable Tool tool) {
        if (!(tool instanceof SessionTools.Handled handled))
            return denied("access", "the session does not have it");
        var spec = handled.spec();
        if (handled.engines()) return policyOf(spec);
        var policy = policy(spec.name());
        if (policy == Decision.DENY) return denied("policy", "policy forbids it");
        var trust = access.trust().of(spec.effect(), spec.labels());
        if (trust == Decision.DENY)
            return denied("trust", "trust " + access.trust() + " does not allow " + what(spec));
        return asking(spec, policy, trust);
    }

    /** Of a tool of the engine's own, which access and trust do not govern. */
    Verdict policyOf(ToolSpec tool) {
        var policy = policy(tool.name());
        if (policy == Decision.DENY) return denied("policy", "policy forbids it");
        return policy == Decision.ASK
                ? new Verdict(Decision.ASK, "asking", List.of("policy asks"))
                : new Verdict(Decision.ALLOW, "access", List.of());
    }

    /** Of a tool that the agent's own program has, of which nothing is known but its name. */
    Verdict ofProgram(String tool) {
        var policy = policy(tool);
        if (policy == Decision.DENY) return denied("policy", "policy forbids it");
        if (access.trust().of(Effect.WRITE, Set.of()) == Decision.DENY)
            return denied("trust", "trust " + access.trust() + " does not allow tools of its own");
        return policy == Decision.ASK
                ? new Verdict(Decision.ASK, "asking", List.of("policy asks"))
                : ALLOWED;
    }

    /** Of those that the provider runs itself, the ones that may be used without asking anybody. */
    Set<ProviderTool> provided(Set<ProviderTool> wanted) {
        return wanted.stream()
                .filter(tool -> policy(tool.word()) == Decision.ALLOW)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Verdict asking(ToolSpec tool, Decision policy, Decision trust) {
        var rule =
                stricter(
                        tool.asking(),
                        access.ask().getOrDefault(tool.name(), Asking.NEVER),
                        access.ask().containsKey(tool.name()));
        var reasons = new ArrayList<String>();
        if (policy == Decision.ASK) reasons.add("policy asks");
        if (trust == Decision.ASK && rule != Asking.NEVER)
            reasons.add("trust " + access.trust() + " asks for " + what(tool));
        if (rule == Asking.ALWAYS) reasons.add("it is always asked for");
        return reasons.isEmpty()
                ? ALLOWED
                : new Verdict(Decision.ASK, "asking", List.copyOf(reasons));
    }

    /**
     * What the agent says for a tool replaces an UNLESS_AUTO of the tool, and never softens an
     * ALWAYS.
     */
    private static Asking stricter(Asking own, Asking agents, boolean given) {
        return own == Asking.ALWAYS || !given ? own : agents;
    }

    private Decision policy(String tool) {
        var policies = run.engine().config().policies();
        var agent = run.name();
        var decision = policies.base().decide(agent, tool);
        var here = deepest(policies.tools(), run.namespace());
        if (here != null) decision = decision.stricter(here.decide(agent, tool));
        for (LiveRun<?> one = run; one != null; one = one.parent()) {
            var own = one.target().rules().policy();
            if (own != null) decision = decision.stricter(own.decide(agent, tool));
        }
        return decision;
    }

    private static @Nullable ToolPolicy deepest(
            Map<Namespace, ToolPolicy> policies, Namespace namespace) {
        if (policies.isEmpty()) return null;
        for (var at = Optional.of(namespace); at.isPresent(); at = at.get().parent()) {
            var policy = policies.get(at.get());
            if (policy != null) return policy;
        }
        return null;
    }

    private static Verdict denied(String rule, String reason) {
        return new Verdict(Decision.DENY, rule, List.of(reason));
    }

    private static String what(ToolSpec tool) {
        return tool.effect() + (tool.labels().isEmpty() ? "" : " with labels " + tool.labels());
    }
}
