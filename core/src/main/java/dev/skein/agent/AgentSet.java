package dev.skein.agent;

import dev.skein.tool.Toolset;
import java.util.List;
import java.util.function.Function;

/**
 * The agents of a runtime and the code that belongs to them.
 *
 * @param required true: a runtime without any agent is refused
 * @param tools asked once per agent, in order, when the runtime opens; none
 * @param interceptors likewise
 * @param preamble what generated instructions say beside the persona
 * @param delegation whether agents that name no delegates may delegate to all others; true
 * @param sharedThread one conversation for all agents of a namespace; false: one for each
 */
public record AgentSet(
        List<Agent<?>> agents,
        boolean required,
        Function<Agent<?>, Toolset> tools,
        Function<Agent<?>, List<Interceptor>> interceptors,
        Preamble preamble,
        boolean delegation,
        boolean sharedThread) {
    private static final AgentSet NONE = of(List.of(), false);

    public AgentSet {
        agents = List.copyOf(agents);
    }

    /** No agents; runs bring their own definition. */
    public static AgentSet none() {
        return NONE;
    }

    /** The first agent is the default one. */
    public static AgentSet of(Agent<?>... agents) {
        return of(List.of(agents), true);
    }

    private static AgentSet of(List<Agent<?>> agents, boolean required) {
        return new AgentSet(
                agents,
                required,
                _ -> Toolset.empty(),
                _ -> List.of(),
                Preamble.standard(),
                true,
                false);
    }

    public AgentSet withTools(Function<Agent<?>, Toolset> tools) {
        return new AgentSet(
                agents, required, tools, interceptors, preamble, delegation, sharedThread);
    }

    public AgentSet withInterceptors(Function<Agent<?>, List<Interceptor>> interceptors) {
        return new AgentSet(
                agents, required, tools, interceptors, preamble, delegation, sharedThread);
    }

    public AgentSet withPreamble(Preamble preamble) {
        return new AgentSet(
                agents, required, tools, interceptors, preamble, delegation, sharedThread);
    }

    public AgentSet withDelegation(boolean delegation) {
        return new AgentSet(
                agents, required, tools, interceptors, preamble, delegation, sharedThread);
    }

    public AgentSet withSharedThread(boolean sharedThread) {
        return new AgentSet(
                agents, required, tools, interceptors, preamble, delegation, sharedThread);
    }
}
