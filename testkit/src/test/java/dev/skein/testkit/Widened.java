package dev.skein.testkit;

import dev.skein.model.ProviderContext;
import dev.skein.model.TokenEstimator;
import dev.skein.policy.Environment;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.util.function.Supplier;

/** A context with other limits than it was lent with. */
record Widened(ProviderContext lent, TransportLimits limits) implements ProviderContext {
    @Override
    public Environment environment() {
        return lent.environment();
    }

    @Override
    public Timekeeper time() {
        return lent.time();
    }

    @Override
    public TokenEstimator estimator() {
        return lent.estimator();
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> make) {
        return lent.shared(type, make);
    }
}
