package dev.skein.agent;

import dev.skein.failure.Findings;
import dev.skein.json.JsonType;
import dev.skein.name.NameRule;
import dev.skein.policy.RunLimits;
import dev.skein.tool.TrustLevel;
import java.util.Set;

/**
 * An agent that thinks elsewhere: a program of its own plays it, with its own model and its own
 * tools beside those that it is given.
 *
 * @param instructions said to it exactly as written, beside those of its harness; empty: none
 * @param harness the {@link dev.skein.harness.Harness#id} of what starts it
 */
public record HarnessAgent<O>(
        String name,
        String instructions,
        Contract<O> contract,
        String harness,
        ToolAccess tools,
        AgentRules rules)
        implements Agent<O> {

    /**
     * Checks the definition.
     *
     * @throws dev.skein.failure.SkeinException with {@code invalid.spec} that lists every finding
     */
    public HarnessAgent {
        var findings = new Findings("agent '" + name + "'");
        NameRule.problem(name).ifPresent(findings::add);
        findings.check(!harness.isBlank(), "it names no harness");
        findings.orThrow();
    }

    /** Text in, text out, with no instructions but its harness's own. */
    public static HarnessAgent<String> of(String name, String harness) {
        return of(name, harness, JsonType.text());
    }

    public static <O> HarnessAgent<O> of(String name, String harness, Class<O> output) {
        return of(name, harness, JsonType.of(output));
    }

    public static <O> HarnessAgent<O> of(String name, String harness, JsonType<O> output) {
        return new HarnessAgent<>(
                name, "", Contract.of(output), harness, ToolAccess.none(), AgentRules.none());
    }

    @Override
    public JsonType<?> input() {
        return contract.input();
    }

    @Override
    public JsonType<O> output() {
        return contract.output();
    }

    public HarnessAgent<O> withInstructions(String instructions) {
        return new HarnessAgent<>(name, instructions, contract, harness, tools, rules);
    }

    public HarnessAgent<O> withRepairs(int repairs) {
        return withContract(contract.withRepairs(repairs));
    }

    public <T> HarnessAgent<T> withContract(Contract<T> contract) {
        return new HarnessAgent<>(name, instructions, contract, harness, tools, rules);
    }

    public HarnessAgent<O> withTools(ToolAccess tools) {
        return new HarnessAgent<>(name, instructions, contract, harness, tools, rules);
    }

    /** Names of tools that the runtime has. */
    public HarnessAgent<O> withTools(String... names) {
        return withTools(tools.withNames(Set.of(names)));
    }

    public HarnessAgent<O> withTrust(TrustLevel trust) {
        return withTools(tools.withTrust(trust));
    }

    public HarnessAgent<O> withRules(AgentRules rules) {
        return new HarnessAgent<>(name, instructions, contract, harness, tools, rules);
    }

    public HarnessAgent<O> withLimits(RunLimits.Some limits) {
        return withRules(rules.withLimits(limits));
    }
}
