package dev.skein.cli;

import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.model.TokenEstimator;
import dev.skein.policy.Environment;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** The model providers as the doctor meets them. Used by one thread. */
final class Providers implements ProviderContext, AutoCloseable {
    private final Environment environment;
    private final List<Provider> all = new ArrayList<>();
    private final Map<Class<?>, AutoCloseable> shared = new HashMap<>();
    private final ArrayDeque<AutoCloseable> made = new ArrayDeque<>();

    Providers(Environment environment) {
        this.environment = environment;
        ServiceLoader.load(Provider.class).forEach(all::add);
    }

    /**
     * Model strings of the providers that are configured here, in the order in which they are
     * asked.
     */
    List<String> offered() throws InterruptedException {
        var offered = new ArrayList<String>();
        for (var provider : all)
            provider.offer(this)
                    .ifPresent(offer -> offered.add(provider.name() + ":" + offer.model()));
        return offered;
    }

    /**
     * Whether that model could be asked; contacts nobody.
     *
     * @throws SkeinException with {@code missing.model} or {@code model.not_configured}
     */
    void check(String model) {
        int colon = Math.max(0, model.indexOf(':'));
        var name = model.substring(0, colon);
        all.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing(model))
                .model(model.substring(colon + 1), this);
    }

    private SkeinException missing(String model) {
        var known = all.stream().map(provider -> provider.name() + ":").toList();
        return new SkeinException(new Missing.Model(model, known));
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public Timekeeper time() {
        return Timekeeper.of(InstantSource.system());
    }

    @Override
    public TransportLimits limits() {
        return TransportLimits.defaults();
    }

    @Override
    public TokenEstimator estimator() {
        return TokenEstimator.bytes();
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> make) {
        var thing = type.cast(shared.computeIfAbsent(type, _ -> make.get()));
        if (!made.contains(thing)) made.push(thing);
        return thing;
    }

    @Override
    public void close() {
        for (var thing = made.poll(); thing != null; thing = made.poll()) close(thing);
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close what providers share", e);
        }
    }
}
