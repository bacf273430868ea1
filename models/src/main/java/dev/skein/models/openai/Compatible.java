package dev.skein.models.openai;

import dev.skein.model.ChatModel;
import dev.skein.model.Price;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Site;
import java.util.Optional;

/** A provider on this wire whose address and key are given by the program. */
public record Compatible(String name, Flavor flavor, Site site) implements Provider {
    @Override
    public ChatModel model(String model, ProviderContext context) {
        return new Chats(name, flavor).model(model, site, context);
    }

    @Override
    public Optional<Price> price(String model, ProviderContext context) {
        return Catalogue.of(context).price(name, model);
    }
}
