package dev.skein.models.openai;

import dev.skein.model.ChatModel;
import dev.skein.model.Price;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Keyed;
import java.util.List;
import java.util.Optional;

/** OpenAI, by {@code OPENAI_API_KEY} and {@code OPENAI_BASE_URL}. */
public final class OpenAi implements Provider {
    private static final String NAME = "openai";
    private static final Keyed KEYED =
            new Keyed(
                    NAME,
                    List.of("OPENAI_API_KEY"),
                    "OPENAI_BASE_URL",
                    "https://api.openai.com/v1");

    /** Found by the service loader. */
    public OpenAi() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChatModel model(String model, ProviderContext context) {
        return new Chats(NAME, Flavor.OPENAI).model(model, KEYED.site(context), context);
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
