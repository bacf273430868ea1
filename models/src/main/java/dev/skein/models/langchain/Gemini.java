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

/**
 * Gemini, by {@code GEMINI_API_KEY} or {@code GOOGLE_API_KEY} and {@code GEMINI_BASE_URL} unless it
 * is told otherwise.
 */
public final class Gemini implements Provider {
    private static final String NAME = "gemini";
    private static final Library LIBRARY = new Library(NAME, "langchain4j-google-ai-gemini");
    private static final Keyed KEYED =
            new Keyed(
                    NAME,
                    List.of("GEMINI_API_KEY", "GOOGLE_API_KEY"),
                    "GEMINI_BASE_URL",
                    "https://generativelanguage.googleapis.com/v1beta");

    private final @Nullable Site site;

    /** Found by the service loader. */
    public Gemini() {
        this(null);
    }

    /** At that place; null asks the environment. */
    public Gemini(@Nullable Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChatModel model(String model, ProviderContext context) {
        var at = site == null ? KEYED.site(context) : site;
        return LIBRARY.use(() -> GeminiModels.model(model, at, context));
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
