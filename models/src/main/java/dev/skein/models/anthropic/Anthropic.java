package dev.skein.models.anthropic;

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
 * Anthropic, by {@code ANTHROPIC_API_KEY} and {@code ANTHROPIC_BASE_URL} unless it is told
 * otherwise.
 */
public final class Anthropic implements Provider {
    private static final String NAME = "anthropic";
    private static final Keyed KEYED =
            new Keyed(
                    NAME,
                    List.of("ANTHROPIC_API_KEY"),
                    "ANTHROPIC_BASE_URL",
                    "https://api.anthropic.com");

    private final @Nullable Site site;

    /** Found by the service loader. */
    public Anthropic() {
        this(null);
    }

    /** At that place; null asks the environment. */
    public Anthropic(@Nullable Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChatModel model(String model, ProviderContext context) {
        return Messages.model(NAME, model, site == null ? KEYED.site(context) : site, context);
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
