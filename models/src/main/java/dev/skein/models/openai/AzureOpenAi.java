package dev.skein.models.openai;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ChatModel;
import dev.skein.model.Price;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Keyed;
import dev.skein.models.wire.Site;
import java.util.List;
import java.util.Optional;

/**
 * OpenAI's models at Azure, by {@code AZURE_OPENAI_API_KEY} and {@code AZURE_OPENAI_ENDPOINT}; a
 * model is called as its deployment. It does not offer itself, because it cannot know those.
 */
public final class AzureOpenAi implements Provider {
    private static final String NAME = "azure-openai";
    private static final String ENDPOINT = "AZURE_OPENAI_ENDPOINT";
    private static final String PATH = "/openai/v1";

    /** Found by the service loader. */
    public AzureOpenAi() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChatModel model(String model, ProviderContext context) {
        var endpoint = context.environment().variable(ENDPOINT).orElseThrow(AzureOpenAi::nowhere);
        var keyed = new Keyed(NAME, List.of("AZURE_OPENAI_API_KEY"), ENDPOINT, endpoint);
        var site = keyed.site(context);
        boolean whole = site.base().getPath().contains("/openai");
        var exact = whole ? site : new Site(site.at(PATH), site.key());
        return new Chats(NAME, Flavor.AZURE).model(model, exact, context);
    }

    /** Nobody but the user knows which model a deployment is. */
    @Override
    public Optional<Price> price(String model, ProviderContext context) {
        return Catalogue.of(context).price(NAME, model);
    }

    private static SkeinException nowhere() {
        return new SkeinException(
                new ModelFailure.NotConfigured(
                        NAME,
                        "needs an address",
                        "Set " + ENDPOINT + " to the address of your resource."));
    }
}
