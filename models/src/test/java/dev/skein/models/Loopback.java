package dev.skein.models;

import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.Provider;
import dev.skein.policy.TransportLimits;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Wire;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolSpec;
import java.util.ServiceLoader;

/** One provider on loopback, and models of ours that find it by their environment. */
final class Loopback implements AutoCloseable {
    static final ToolSpec WEATHER =
            Tool.of("weather", "Weather of a city", City.class, city -> city).spec();
    static final ToolSpec TIME = Tool.of("time", "Time in a city", City.class, city -> city).spec();

    private final String name;
    private final FakeProvider provider = FakeProvider.start();
    private final Lent lent = new Lent(provider.environment());

    record City(String city) {}

    Loopback(String name) {
        this.name = name;
    }

    Loopback within(TransportLimits limits) {
        lent.within(limits);
        return this;
    }

    FakeProvider provider() {
        return provider;
    }

    Wire wire() {
        return wire(provider, name);
    }

    /** The wire of that provider. */
    static Wire wire(FakeProvider provider, String name) {
        return switch (name) {
            case "openai" -> provider.openai();
            case "anthropic" -> provider.anthropic();
            case "gemini" -> provider.gemini();
            case "mistral" -> provider.mistral();
            case "ollama" -> provider.ollama();
            case "bedrock" -> provider.bedrock();
            default -> throw new IllegalArgumentException("no wire for " + name);
        };
    }

    ChatModel model() {
        return model("test-1");
    }

    ChatModel model(String model) {
        return provider(name).model(model, lent);
    }

    /** The body of the last request. */
    Json sent() {
        return wire().seen().getLast().body();
    }

    /** The shipped provider of that name. */
    static Provider provider(String name) {
        return provider(name, Loopback.class.getClassLoader());
    }

    /** The shipped provider of that name that this loader finds. */
    static Provider provider(String name, ClassLoader loader) {
        return ServiceLoader.load(Provider.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Closes what models share, and then there must be no connection left. */
    @Override
    public void close() {
        lent.close();
        Until.holds(() -> provider.ledger().open() == 0);
        provider.close();
    }
}
