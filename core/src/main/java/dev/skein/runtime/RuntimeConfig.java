package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.AgentSet;
import dev.skein.agent.Interceptor;
import dev.skein.agent.Preamble;
import dev.skein.event.Journal;
import dev.skein.harness.Harness;
import dev.skein.machine.Image;
import dev.skein.model.ChatModel;
import dev.skein.model.Price;
import dev.skein.model.Pricing;
import dev.skein.model.Provider;
import dev.skein.name.Namespace;
import dev.skein.policy.Budget;
import dev.skein.policy.ContextCarrier;
import dev.skein.policy.Control;
import dev.skein.policy.DelegationLimits;
import dev.skein.policy.Environment;
import dev.skein.policy.RetryRule;
import dev.skein.policy.RunLimits;
import dev.skein.policy.TransportLimits;
import dev.skein.session.HistoryFilter;
import dev.skein.session.SessionStore;
import dev.skein.tool.Approver;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolPolicy;
import dev.skein.tool.Toolset;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime is opened with. Immutable; checked as a whole by {@link
 * AgentRuntime#open(RuntimeConfig)}.
 */
public record RuntimeConfig(
        AgentSet agents,
        Models models,
        RunLimits limits,
        Stores stores,
        Policies policies,
        Placement placement,
        Ports ports) {
    /** No agents, model from the environment, everything in memory. */
    public static RuntimeConfig defaults() {
        return new RuntimeConfig(
                AgentSet.none(),
                Models.standard(),
                RunLimits.standard(),
                new Stores(null, SessionStore::inMemory, Control.standard()),
                Policies.standard(),
                Placement.standard(),
                Ports.standard());
    }

    /** The first agent is the default one. */
    public static RuntimeConfig of(Agent<?>... agents) {
        return defaults().withAgents(AgentSet.of(agents));
    }

    /**
     * Models and how they are asked.
     *
     * @param defaultModel the model of agents that name none; null: chosen by the environment
     * @param named models by a name without a colon
     * @param providers asked before those that are found on the path
     * @param groups calls that may be open at once, by the name of a group
     */
    public record Models(
            @Nullable String defaultModel,
            Map<String, ChatModel> named,
            List<Provider> providers,
            Pricing pricing,
            RetryRule retry,
            Map<String, Integer> groups,
            TransportLimits transport) {
        public Models {
            named = Map.copyOf(named);
            providers = List.copyOf(providers);
            groups = Map.copyOf(groups);
        }

        static Models standard() {
            return new Models(
                    null,
                    Map.of(),
                    List.of(),
                    Pricing.none(),
                    RetryRule.standard(),
                    Map.of(),
                    TransportLimits.defaults());
        }

        Models withDefaultModel(String defaultModel) {
            return new Models(defaultModel, named, providers, pricing, retry, groups, transport);
        }

        Models withNamed(Map<String, ChatModel> named) {
            return new Models(defaultModel, named, providers, pricing, retry, groups, transport);
        }

        Models withProviders(List<Provider> providers) {
            return new Models(defaultModel, named, providers, pricing, retry, groups, transport);
        }

        Models withPricing(Pricing pricing) {
            return new Models(defaultModel, named, providers, pricing, retry, groups, transport);
        }

        Models withRetry(RetryRule retry) {
            return new Models(defaultModel, named, providers, pricing, retry, groups, transport);
        }

        Models withGroups(Map<String, Integer> groups) {
            return new Models(defaultModel, named, providers, pricing, retry, groups, transport);
        }

        Models withTransport(TransportLimits transport) {
            return new Models(defaultModel, named, providers, pricing, retry, groups, transport);
        }
    }

    /** What keeps things; made when the runtime opens, closed with it. Null: in memory, bounded. */
    public record Stores(
            @Nullable Supplier<Journal> journal,
            Supplier<SessionStore> sessions,
            Control control) {}

    /**
     * What may happen.
     *
     * @param base for all tool calls
     * @param tools for those of a namespace and below it
     * @param approvers asked in order when a call must be asked for; nobody: denied
     * @param budget of the whole runtime
     */
    public record Policies(
            ToolPolicy base,
            Map<Namespace, ToolPolicy> tools,
            List<Approver> approvers,
            DelegationLimits tree,
            Budget budget) {
        public Policies {
            tools = Map.copyOf(tools);
            approvers = List.copyOf(approvers);
        }

        static Policies standard() {
            return new Policies(
                    ToolPolicy.allowAll(),
                    Map.of(),
                    List.of(),
                    DelegationLimits.standard(),
                    Budget.unlimited());
        }

        Policies withBase(ToolPolicy base) {
            return new Policies(base, tools, approvers, tree, budget);
        }

        Policies withTools(Map<Namespace, ToolPolicy> tools) {
            return new Policies(base, tools, approvers, tree, budget);
        }

        Policies withApprovers(List<Approver> approvers) {
            return new Policies(base, tools, approvers, tree, budget);
        }

        Policies withBudget(Budget budget) {
            return new Policies(base, tools, approvers, tree, budget);
        }
    }

    public RuntimeConfig withAgents(AgentSet agents) {
        return new RuntimeConfig(agents, models, limits, stores, policies, placement, ports);
    }

    /** Tools by agent; the agent's definition says which of them it may call. */
    public RuntimeConfig withTools(Function<Agent<?>, Toolset> tools) {
        return withAgents(agents.withTools(tools));
    }

    /** The same tools for all agents; each may call those that its definition names. */
    public RuntimeConfig withTools(Tool... tools) {
        var all = Toolset.of(tools);
        return withTools(_ -> all);
    }

    public RuntimeConfig withInterceptors(Function<Agent<?>, List<Interceptor>> interceptors) {
        return withAgents(agents.withInterceptors(interceptors));
    }

    /** The same interceptors around all agents, the first outermost. */
    public RuntimeConfig withInterceptors(Interceptor... interceptors) {
        var all = List.of(interceptors);
        return withInterceptors(_ -> all);
    }

    /** Where the conversation takes place and what else generated instructions say. */
    public RuntimeConfig withPreamble(Preamble preamble) {
        return withAgents(agents.withPreamble(preamble));
    }

    /** Whether agents that name no delegates may delegate to all others of the set; true. */
    public RuntimeConfig withDelegation(boolean delegation) {
        return withAgents(agents.withDelegation(delegation));
    }

    /** All agents of a namespace share one conversation. */
    public RuntimeConfig withSharedThread() {
        return withAgents(agents.withSharedThread(true));
    }

    public RuntimeConfig withModels(Models models) {
        return new RuntimeConfig(agents, models, limits, stores, policies, placement, ports);
    }

    /** The model of agents that name none. */
    public RuntimeConfig withModel(String model) {
        return withModels(models.withDefaultModel(model));
    }

    /** The model of agents that name none. */
    public RuntimeConfig withModel(ChatModel model) {
        var name = "given";
        return withNamedModel(name, model).withModel(name);
    }

    public RuntimeConfig withNamedModel(String name, ChatModel model) {
        return withModels(models.withNamed(plus(models.named(), name, model)));
    }

    public RuntimeConfig withProviders(Provider... providers) {
        return withModels(models.withProviders(List.of(providers)));
    }

    /** The price of a model, or of all that fit a pattern such as {@code openai:*}. */
    public RuntimeConfig withPrice(String modelPattern, Price price) {
        return withPricing(models.pricing().plus(modelPattern, price));
    }

    public RuntimeConfig withPricing(Pricing pricing) {
        return withModels(models.withPricing(pricing));
    }

    public RuntimeConfig withRetry(RetryRule retry) {
        return withModels(models.withRetry(retry));
    }

    /** How many model calls of agents in that group may be open at once. */
    public RuntimeConfig withGroup(String name, int calls) {
        return withModels(models.withGroups(plus(models.groups(), name, calls)));
    }

    public RuntimeConfig withTransport(TransportLimits transport) {
        return withModels(models.withTransport(transport));
    }

    public RuntimeConfig withLimits(RunLimits limits) {
        return new RuntimeConfig(agents, models, limits, stores, policies, placement, ports);
    }

    public RuntimeConfig withStores(Stores stores) {
        return new RuntimeConfig(agents, models, limits, stores, policies, placement, ports);
    }

    /** The runtime closes it. */
    public RuntimeConfig withJournal(Journal journal) {
        return withStores(new Stores(() -> journal, stores.sessions(), stores.control()));
    }

    /** The runtime closes it. */
    public RuntimeConfig withSessions(SessionStore sessions) {
        return withStores(new Stores(stores.journal(), () -> sessions, stores.control()));
    }

    /** Files of runs, and bounds of what is seen and steered from outside. */
    public RuntimeConfig withControl(Control control) {
        return withStores(new Stores(stores.journal(), stores.sessions(), control));
    }

    public RuntimeConfig withPolicies(Policies policies) {
        return new RuntimeConfig(agents, models, limits, stores, policies, placement, ports);
    }

    /** What all tool calls of that namespace and below it may do. */
    public RuntimeConfig withPolicy(Namespace namespace, ToolPolicy policy) {
        return withPolicies(policies.withTools(plus(policies.tools(), namespace, policy)));
    }

    public RuntimeConfig withPolicy(ToolPolicy base) {
        return withPolicies(policies.withBase(base));
    }

    public RuntimeConfig withApprovers(Approver... approvers) {
        return withPolicies(policies.withApprovers(List.of(approvers)));
    }

    /** What the whole runtime may spend. */
    public RuntimeConfig withBudget(Budget budget) {
        return withPolicies(policies.withBudget(budget));
    }

    public RuntimeConfig withPlacement(Placement placement) {
        return new RuntimeConfig(agents, models, limits, stores, policies, placement, ports);
    }

    /** What starts agents that think elsewhere. */
    public RuntimeConfig withHarnesses(Harness... harnesses) {
        return withPlacement(placement.withHarnesses(List.of(harnesses)));
    }

    /** The first is the one of workflows that name none. */
    public RuntimeConfig withImages(Image... images) {
        return withPlacement(placement.withImages(List.of(images)));
    }

    public RuntimeConfig withPorts(Ports ports) {
        return new RuntimeConfig(agents, models, limits, stores, policies, placement, ports);
    }

    public RuntimeConfig withClock(InstantSource clock) {
        return withPorts(ports.withClock(clock));
    }

    public RuntimeConfig withZone(ZoneId zone) {
        return withPorts(ports.withZone(zone));
    }

    public RuntimeConfig withRandom(RandomGenerator random) {
        return withPorts(ports.withRandom(random));
    }

    public RuntimeConfig withCarriers(ContextCarrier... carriers) {
        return withPorts(ports.withCarriers(List.of(carriers)));
    }

    /** What an agent with {@code ContextFilter.Named(name)} sees of its caller's history. */
    public RuntimeConfig withFilter(String name, HistoryFilter filter) {
        return withPorts(ports.withFilters(plus(ports.filters(), name, filter)));
    }

    /** Variables in place of those of the process. */
    public RuntimeConfig withEnvironment(Environment environment) {
        return withPorts(ports.withEnvironment(environment));
    }

    private static <K, V> Map<K, V> plus(Map<K, V> some, K key, V value) {
        var more = new HashMap<>(some);
        more.put(key, value);
        return more;
    }
}
