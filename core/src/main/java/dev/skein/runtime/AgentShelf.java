package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.Concurrency;
import dev.skein.agent.HarnessAgent;
import dev.skein.agent.Interceptor;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.Retry;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.JsonType;
import dev.skein.tool.Tool;
import dev.skein.tool.Toolset;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The code that belongs to each agent: asked of the factories once per definition, and kept as long
 * as the definition lives.
 */
final class AgentShelf implements AutoCloseable {
    private static final int RECENT = 64;

    private final RuntimeConfig config;
    private final ModelDirectory models;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Agent<?>, Parts> parts = new WeakHashMap<>();
    private final AtomicReferenceArray<@Nullable Recent> recent =
            new AtomicReferenceArray<>(RECENT);
    private final ConcurrentHashMap<Toolset, ToolSource> sources = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> groups = new HashMap<>();

    /**
     * What belongs to one agent.
     *
     * @param output what its answers must fit; null for text
     * @param schemaTokens what its schema adds to each request
     * @param permits null: its model calls are not limited
     * @param delegates whom it may delegate to
     * @param lastOffer the tools that were offered last, so that an unchanged offer is the same
     *     list
     */
    record Parts(
            ToolSource tools,
            Pipeline pipeline,
            @Nullable JsonType<?> output,
            long schemaTokens,
            @Nullable Semaphore permits,
            Delegates delegates,
            AtomicReference<@Nullable Offer> lastOffer) {
        List<Interceptor> interceptors() {
            return pipeline.interceptors();
        }
    }

    AgentShelf(RuntimeConfig config, ModelDirectory models) {
        this.config = config;
        this.models = models;
        config.models()
                .groups()
                .forEach((group, calls) -> groups.put(group, new Semaphore(calls, true)));
    }

    /**
     * Asks the factories for each agent of the set, in order, and looks for its tools and models as
     * far as that contacts nobody.
     */
    void openSet() {
        config.agents().agents().forEach(this::of);
    }

    ModelDirectory models() {
        return models;
    }

    /**
     * What was found for a definition, held as weakly as the shelf itself holds it. To find it
     * there means to hash all of the definition, which is most of the time the same object as
     * before.
     */
    private record Recent(WeakReference<Agent<?>> agent, WeakReference<Parts> parts) {
        @Nullable Parts of(Agent<?> asked) {
            return agent.refersTo(asked) ? parts.get() : null;
        }
    }

    Parts of(Agent<?> agent) {
        int place = System.identityHashCode(agent) % RECENT;
        var before = recent.get(place);
        var known = before == null ? null : before.of(agent);
        if (known != null) return known;
        var found = find(agent);
        recent.set(place, new Recent(new WeakReference<>(agent), new WeakReference<>(found)));
        return found;
    }

    private Parts find(Agent<?> agent) {
        var known = kept(agent);
        if (known != null) return known;
        var fresh = make(agent);
        lock.lock();
        try {
            var first = parts.putIfAbsent(agent, fresh);
            return first == null ? fresh : first;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        sources.values()
                .forEach(source -> new Closing("toolset '" + source.name() + "'").close(source));
    }

    private @Nullable Parts kept(Agent<?> agent) {
        lock.lock();
        try {
            return parts.get(agent);
        } finally {
            lock.unlock();
        }
    }

    private Parts make(Agent<?> agent) {
        var toolset = made("tools", config.agents().tools(), agent);
        var interceptors = ordered(made("interceptors", config.agents().interceptors(), agent));
        var pipeline = new Pipeline(interceptors, new LocalBackend());
        var output = agent.output().equals(JsonType.text()) ? null : agent.output();
        long tokens =
                output == null ? 0 : config.ports().estimator().tokens(output.schema().canonical());
        var delegates = Delegates.of(agent, config.agents());
        toolset.fixed()
                .ifPresent(tools -> {
                    Toolbox.checkNumber(agent, toolset.name(), tools);
                    checkFixed(agent, tools, delegates);
                });
        var source = sources.computeIfAbsent(toolset, ToolSource::new);
        return new Parts(
                source,
                pipeline,
                output,
                tokens,
                permits(agent),
                delegates,
                new AtomicReference<>());
    }

    private static <T> T made(String factory, Function<Agent<?>, T> make, Agent<?> agent) {
        T made;
        try {
            made = make.apply(agent);
        } catch (RuntimeException e) {
            throw refused(
                    factory, agent, "threw " + Failures.simpleName(e) + ": " + e.getMessage(), e);
        }
        if (made == null) throw refused(factory, agent, "returned null", null);
        return made;
    }

    private static SkeinException refused(
            String factory, Agent<?> agent, String what, @Nullable Throwable cause) {
        var failure =
                new Invalid.Config(
                        List.of(
                                "the factory of "
                                        + factory
                                        + " "
                                        + what
                                        + " for agent '"
                                        + agent.name()
                                        + "'"));
        return cause == null ? new SkeinException(failure) : new SkeinException(failure, cause);
    }

    /** A retry runs everything again, so it stands outside all others. */
    private static List<Interceptor> ordered(List<Interceptor> listed) {
        var ordered = new ArrayList<Interceptor>(listed.size());
        for (var one : listed) if (one instanceof Retry) ordered.add(one);
        for (var one : listed) if (!(one instanceof Retry)) ordered.add(one);
        return List.copyOf(ordered);
    }

    private @Nullable Semaphore permits(Agent<?> agent) {
        return switch (agent) {
            case ModelAgent<?> model ->
                    switch (model.model().concurrency()) {
                        case Concurrency.Unlimited() -> null;
                        case Concurrency.Own(var calls) -> new Semaphore(calls, true);
                        case Concurrency.Shared(var group) -> group(agent, group);
                    };
            case HarnessAgent<?> _ -> null;
        };
    }

    private Semaphore group(Agent<?> agent, String group) {
        var permits = groups.get(group);
        if (permits == null)
            throw new SkeinException(
                    new Invalid.Config(
                            List.of(
                                    "agent '"
                                            + agent.name()
                                            + "': unknown group '"
                                            + group
                                            + "'; known: "
                                            + groups.keySet())));
        return permits;
    }

    /** Tools that never change can be checked before anything runs. */
    private static void checkFixed(Agent<?> agent, List<Tool> tools, Delegates delegates) {
        var sorted = ToolSource.sorted(tools);
        Toolbox.checkNames(
                agent,
                sorted.stream().collect(Collectors.toMap(tool -> tool.spec().name(), tool -> tool)),
                delegates);
    }
}
