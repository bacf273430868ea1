package dev.skein.agent;

import dev.skein.failure.Findings;
import dev.skein.json.JsonType;
import dev.skein.model.ProviderTool;
import dev.skein.name.NameRule;
import dev.skein.policy.Budget;
import dev.skein.policy.RunLimits;
import dev.skein.session.ContextFilter;
import dev.skein.session.ContextWindow;
import dev.skein.tool.TrustLevel;
import java.util.List;
import java.util.Set;

/** An agent that thinks in Skein's own loop: a model, its tools and its typed answer. */
public record ModelAgent<O>(
        String name,
        Instructions instructions,
        Contract<O> contract,
        ModelChoice model,
        ToolAccess tools,
        ContextPlan context,
        AgentRules rules)
        implements Agent<O> {

    /**
     * Checks the definition.
     *
     * @throws dev.skein.failure.SkeinException with {@code invalid.spec} that lists every finding
     */
    public ModelAgent {
        var findings = new Findings("agent '" + name + "'");
        NameRule.problem(name).ifPresent(findings::add);
        instructions.problem().ifPresent(findings::add);
        findings.orThrow();
    }

    /** Text in, text out; helpful, direct and brief. */
    public static ModelAgent<String> of(String name) {
        return of(name, JsonType.text());
    }

    public static <O> ModelAgent<O> of(String name, Class<O> output) {
        return of(name, JsonType.of(output));
    }

    public static <O> ModelAgent<O> of(String name, JsonType<O> output) {
        return new ModelAgent<>(
                name,
                Instructions.standard(),
                Contract.of(output),
                ModelChoice.ofRuntime(),
                ToolAccess.none(),
                ContextPlan.standard(),
                AgentRules.none());
    }

    @Override
    public JsonType<?> input() {
        return contract.input();
    }

    @Override
    public JsonType<O> output() {
        return contract.output();
    }

    public ModelAgent<O> withInstructions(Instructions instructions) {
        return new ModelAgent<>(name, instructions, contract, model, tools, context, rules);
    }

    /** Sent exactly as written. */
    public ModelAgent<O> withInstructions(String verbatim) {
        return withInstructions(new Instructions.Verbatim(verbatim));
    }

    /** Instructions are written around these words, with the date and the tools of the moment. */
    public ModelAgent<O> withPersona(String persona) {
        return withInstructions(new Instructions.Persona(persona));
    }

    public <T> ModelAgent<T> withContract(Contract<T> contract) {
        return new ModelAgent<>(name, instructions, contract, model, tools, context, rules);
    }

    public ModelAgent<O> withInput(Class<?> input) {
        return withContract(contract.withInput(JsonType.of(input)));
    }

    public ModelAgent<O> withRepairs(int repairs) {
        return withContract(contract.withRepairs(repairs));
    }

    public ModelAgent<O> withModel(ModelChoice model) {
        return new ModelAgent<>(name, instructions, contract, model, tools, context, rules);
    }

    /** The model, and those that answer in its place when it cannot. */
    public ModelAgent<O> withModel(String primary, String... fallbacks) {
        return withModel(model.withModel(primary, List.of(fallbacks)));
    }

    /** What the model's provider may do by itself while it answers. */
    public ModelAgent<O> withProviderTools(ProviderTool... tools) {
        return withModel(model.withProviderTools(tools));
    }

    public ModelAgent<O> withTools(ToolAccess tools) {
        return new ModelAgent<>(name, instructions, contract, model, tools, context, rules);
    }

    /** Names of tools that the runtime has. */
    public ModelAgent<O> withTools(String... names) {
        return withTools(tools.withNames(Set.of(names)));
    }

    public ModelAgent<O> withTrust(TrustLevel trust) {
        return withTools(tools.withTrust(trust));
    }

    public ModelAgent<O> withContext(ContextPlan context) {
        return new ModelAgent<>(name, instructions, contract, model, tools, context, rules);
    }

    public ModelAgent<O> withWindow(ContextWindow window) {
        return withContext(context.withWindow(window));
    }

    /** What of its caller's history it sees when it runs as a child. */
    public ModelAgent<O> withFilter(ContextFilter filter) {
        return withContext(context.withFilter(filter));
    }

    /** Agents that it may delegate to, in place of all others of the runtime. */
    public ModelAgent<O> withDelegates(String... names) {
        return withTools(tools.withDelegates(Set.of(names)));
    }

    public ModelAgent<O> withRules(AgentRules rules) {
        return new ModelAgent<>(name, instructions, contract, model, tools, context, rules);
    }

    public ModelAgent<O> withMaxTurns(int turns) {
        return withLimits(rules.limits().withMaxTurns(turns));
    }

    public ModelAgent<O> withLimits(RunLimits.Some limits) {
        return withRules(rules.withLimits(limits));
    }

    public ModelAgent<O> withBudget(Budget budget) {
        return withRules(rules.withBudget(budget));
    }
}
