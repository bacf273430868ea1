package dev.skein.runtime;

import dev.skein.failure.Missing;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ChatModel;
import dev.skein.model.Price;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.model.TokenEstimator;
import dev.skein.policy.Environment;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import dev.skein.runtime.AgentRuntime.ChosenModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the model behind a model string, and the one for agents that name none. */
final class ModelDirectory implements ProviderContext, AutoCloseable {
    private static final String OFFLINE = "offline";
    private static final String OFFLINE_UNASKED = "offline:auto";
    private static final String MODULE_REMEDY =
            "Add dev.skein:skein-models, or give a model in RuntimeConfig.";

    private final RuntimeConfig config;
    private final Timekeeper time;
    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final ConcurrentHashMap<String, BoundModel> bound = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Optional<Price>> listed = new ConcurrentHashMap<>();
    private final ReentrantLock sharing = new ReentrantLock();
    private final Map<Class<?>, AutoCloseable> shared = new HashMap<>();
    private final ArrayDeque<AutoCloseable> made = new ArrayDeque<>();
    private final AtomicReference<@Nullable ChosenModel> chosen = new AtomicReference<>();
    private final AtomicBoolean noticed = new AtomicBoolean();

    ModelDirectory(RuntimeConfig config, Timekeeper time) {
        this.config = config;
        this.time = time;
        for (var provider : config.models().providers())
            providers.putIfAbsent(provider.name(), provider);
        for (var provider : ServiceLoader.load(Provider.class))
            providers.putIfAbsent(provider.name(), provider);
    }

    /**
     * The model of that name.
     *
     * @throws SkeinException with {@code missing.model} or {@code model.not_configured}
     */
    BoundModel find(String name) {
        var known = bound.get(name);
        if (known != null) return known;
        var fresh = new BoundModel(name, make(name), new Breaker(time));
        var first = bound.putIfAbsent(name, fresh);
        return first == null ? fresh : first;
    }

    /** The model for agents that name none: configured, else from the environment, else offline. */
    ChosenModel chosen() throws InterruptedException {
        var before = chosen.get();
        if (before != null) return before;
        chosen.compareAndSet(null, choose());
        return Objects.requireNonNull(chosen.get());
    }

    /** {@link #chosen} for a run, which says once if the answers will be made up. */
    ChosenModel chosenForRun() throws InterruptedException {
        var choice = chosen();
        if (choice.model().equals(OFFLINE_UNASKED) && !noticed.getAndSet(true))
            OfflineNotice.print();
        return choice;
    }

    /** What a model costs: the configuration first, then its provider's catalogue. */
    Optional<Price> price(String name) {
        var configured = config.models().pricing().price(name);
        if (configured.isPresent() || name.indexOf(':') < 0) return configured;
        var known = listed.get(name);
        if (known != null) return known;
        var fresh = listPrice(name);
        listed.put(name, fresh);
        return fresh;
    }

    private Optional<Price> listPrice(String name) {
        int colon = name.indexOf(':');
        return Optional.ofNullable(providers.get(name.substring(0, colon)))
                .flatMap(provider -> provider.price(name.substring(colon + 1), this));
    }

    private ChosenModel choose() throws InterruptedException {
        var standard = config.models().defaultModel();
        if (standard != null) return new ChosenModel(standard, "RuntimeConfig names it");
        var variable = environment().variable("SKEIN_MODEL");
        if (variable.isPresent()) return new ChosenModel(variable.get(), "SKEIN_MODEL is set");
        for (var provider : providers.values()) {
            var offer = provider.offer(this);
            if (offer.isPresent())
                return new ChosenModel(
                        provider.name() + ":" + offer.get().model(), offer.get().reason());
        }
        if (providers.containsKey(OFFLINE))
            return new ChosenModel(OFFLINE_UNASKED, "no model key was found");
        throw new SkeinException(
                new ModelFailure.NotConfigured("No model", "is configured", MODULE_REMEDY));
    }

    private ChatModel make(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return Optional.ofNullable(config.models().named().get(name))
                    .orElseThrow(() -> missing(name));
        }
        var provider = providers.get(name.substring(0, colon));
        if (provider == null) throw missing(name);
        return provider.model(name.substring(colon + 1), this);
    }

    private SkeinException missing(String name) {
        var known = new ArrayList<>(config.models().named().keySet());
        providers.keySet().forEach(provider -> known.add(provider + ":"));
        return new SkeinException(new Missing.Model(name, List.copyOf(known)));
    }

    @Override
    public Environment environment() {
        return config.ports().environment();
    }

    @Override
    public Timekeeper time() {
        return time;
    }

    @Override
    public TransportLimits limits() {
        return config.models().transport();
    }

    @Override
    public TokenEstimator estimator() {
        return config.ports().estimator();
    }

    /** Making it contacts nobody and takes no lock of ours, so it may be made under this one. */
    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> make) {
        sharing.lock();
        try {
            var known = shared.get(type);
            if (known != null) return type.cast(known);
            var fresh = make.get();
            shared.put(type, fresh);
            made.push(fresh);
            return fresh;
        } finally {
            sharing.unlock();
        }
    }

    @Override
    public void close() {
        for (var thing = made.poll(); thing != null; thing = made.poll())
            new Closing("what models share").close(thing);
    }
}
