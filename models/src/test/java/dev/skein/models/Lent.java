package dev.skein.models;

import dev.skein.json.JsonType;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelSettings;
import dev.skein.model.ProviderContext;
import dev.skein.model.TokenEstimator;
import dev.skein.policy.Environment;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import dev.skein.tool.ToolSpec;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime lends to models, for tests without a runtime; and calls as a runtime makes them.
 */
public final class Lent implements ProviderContext, AutoCloseable {
    public static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final Environment environment;
    private final Map<Class<?>, AutoCloseable> shared = new HashMap<>();
    private final ArrayDeque<AutoCloseable> made = new ArrayDeque<>();
    private TransportLimits limits = TransportLimits.defaults();

    public Lent(Map<String, String> variables) {
        this.environment = Environment.of(variables);
    }

    public Lent() {
        this(Map.of());
    }

    public Lent within(TransportLimits limits) {
        this.limits = limits;
        return this;
    }

    public static ModelCall call(String text) {
        return call("run/1.1", List.of(Message.User.of(text, NOON)));
    }

    public static ModelCall call(String id, List<Message> messages) {
        return new ModelCall(
                id,
                messages,
                List.of(),
                ModelSettings.unset(),
                null,
                Instant.now().plusSeconds(60));
    }

    public static ModelCall with(ModelCall call, ToolSpec... tools) {
        return new ModelCall(
                call.id(),
                call.messages(),
                List.of(tools),
                call.settings(),
                call.output(),
                call.deadline());
    }

    public static ModelCall typed(ModelCall call, @Nullable JsonType<?> output) {
        return new ModelCall(
                call.id(), call.messages(), call.tools(), call.settings(), output, call.deadline());
    }

    public static ModelCall set(ModelCall call, ModelSettings settings) {
        return new ModelCall(
                call.id(), call.messages(), call.tools(), settings, call.output(), call.deadline());
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public Timekeeper time() {
        return Timekeeper.of(() -> NOON);
    }

    @Override
    public TransportLimits limits() {
        return limits;
    }

    @Override
    public TokenEstimator estimator() {
        return TokenEstimator.bytes();
    }

    @Override
    public synchronized <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> make) {
        var known = shared.get(type);
        if (known != null) return type.cast(known);
        var fresh = make.get();
        shared.put(type, fresh);
        made.push(fresh);
        return fresh;
    }

    @Override
    public void close() {
        made.forEach(Lent::close);
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            throw new AssertionError("could not be closed: " + thing, e);
        }
    }
}
