package dev.skein.model;

import dev.skein.policy.Environment;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.util.function.Supplier;

/** What the runtime lends to the models of a provider. */
public interface ProviderContext {
    Environment environment();

    Timekeeper time();

    TransportLimits limits();

    TokenEstimator estimator();

    /**
     * The one thing of that type which all providers of this runtime share, made at first use and
     * closed with the runtime. Concurrent first users get the same.
     */
    <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> make);
}
