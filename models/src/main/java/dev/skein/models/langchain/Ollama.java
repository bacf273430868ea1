package dev.skein.models.langchain;

import dev.skein.failure.SkeinException;
import dev.skein.http.Request;
import dev.skein.http.TransportException;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.Price;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Keyed;
import dev.skein.models.wire.Lines;
import dev.skein.models.wire.Site;
import dev.skein.policy.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ollama on this computer, or at {@code OLLAMA_HOST}, unless it is told otherwise. It offers the
 * first of its models if it answers at once.
 */
public final class Ollama implements Provider {
    private static final String NAME = "ollama";
    private static final Library LIBRARY = new Library(NAME, "langchain4j-ollama");
    private static final String HOST = "OLLAMA_HOST";
    private static final String HERE = "http://127.0.0.1:11434";
    private static final int PORT = 11_434;
    private static final Duration AT_ONCE = Duration.ofMillis(200);

    private final @Nullable Site site;

    /** Found by the service loader. */
    public Ollama() {
        this(null);
    }

    /** At that place; null asks the environment. */
    public Ollama(@Nullable Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChatModel model(String model, ProviderContext context) {
        var at = site == null ? site(context.environment()) : site;
        return LIBRARY.use(() -> OllamaModels.model(model, at, context));
    }

    @Override
    public Optional<Price> price(String model, ProviderContext context) {
        return Catalogue.of(context).price(NAME, model).or(() -> Optional.of(Price.free()));
    }

    @Override
    public Optional<Offer> offer(ProviderContext context) throws InterruptedException {
        var at = site == null ? site(context.environment()) : site;
        return first(at, context)
                .map(model -> new Offer(model, "Ollama answers at " + at.base().getAuthority()));
    }

    private static Optional<String> first(Site at, ProviderContext context)
            throws InterruptedException {
        long deadline = context.time().nanos() + AT_ONCE.toNanos();
        try {
            var reply = Lines.of(context).send(Request.get(at.at("/api/tags"), Map.of()), deadline);
            if (reply.status() != 200) return Optional.empty();
            return Optional.of(Json.parse(reply.body()).path("/models/0/name").text())
                    .filter(name -> !name.isEmpty());
        } catch (TransportException | SkeinException e) {
            return Optional.empty(); // nobody there, or somebody else
        }
    }

    /** What the server binds to is not always what a client can reach. */
    private static Site site(Environment environment) {
        var host = environment.variable(HOST).orElse(HERE).strip().replace("0.0.0.0", "127.0.0.1");
        var whole = host.contains("://") ? host : "http://" + host;
        var uri = Keyed.address(Environment.of(Map.of(HOST, whole)), HOST, HERE);
        boolean portless = uri.getPort() < 0 && uri.getScheme().equals("http");
        return new Site(
                portless ? URI.create(whole.replaceFirst("(://[^/]+)", "$1:" + PORT)) : uri, null);
    }
}
