package dev.skein.models.openai;

import dev.skein.model.ChatModel;
import dev.skein.model.Price;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Keyed;
import java.util.List;
import java.util.Optional;

/** OpenRouter, by {@code OPENROUTER_API_KEY}; its models are called {@code maker/model}. */
public final class OpenRouter implements Provider {
    private static final String NAME = "openrouter";
    private static final Keyed KEYED =
            new Keyed(
                    NAME,
                    List.of("OPENROUTER_API_KEY"),
                    "OPENROUTER_BASE_URL",
                    "https://openrouter.ai/api/v1");

    /** Found by the service loader. */
    public OpenRouter() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChatModel model(String model, ProviderContext context) {
        return new Chats(NAME, Flavor.OPENROUTER).model(model, KEYED.site(context), context);
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
