package dev.skein.models.langchain;

import dev.skein.model.ChatModel;
import dev.skein.model.Price;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Keyed;
import dev.skein.models.wire.Site;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mistral, by {@code MISTRAL_API_KEY} and {@code MISTRAL_BASE_URL} unless it is told otherwise. */
public final class Mistral implements Provider {
    private static final String NAME = "mistral";
    private static final Library LIBRARY = new Library(NAME, "langchain4j-mistral-ai");
    private static final Keyed KEYED =
            new Keyed(
                    NAME,
                    List.of("MISTRAL_API_KEY"),
                    "MISTRAL_BASE_URL",
                    "https://api.mistral.ai/v1");

    private final @Nullable Site site;

    /** Found by the service loader. */
    public Mistral() {
        this(null);
    }

    /** At that place; null asks the environment. */
    public Mistral(@Nullable Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChatModel model(String model, ProviderContext context) {
        var at = site == null ? KEYED.site(context) : site;
        return LIBRARY.use(() -> MistralModels.model(model, at, context));
    }

    @Override
    public Optional<Offer> offer(ProviderContext context) {
        return KEYED.offer(context);
    }

    @Override
    public Optional<Price> price(String model, ProviderContext context) {
        return Catalogue.of(context).price(NAME, model);
    }
}
