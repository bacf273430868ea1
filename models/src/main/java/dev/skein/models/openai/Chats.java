package dev.skein.models.openai;

import dev.skein.model.ChatModel;
import dev.skein.model.ModelInfo;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Faults;
import dev.skein.models.wire.Site;
import dev.skein.models.wire.Target;
import dev.skein.models.wire.WireModel;
import java.util.Map;

/** Makes the models of those who speak this wire. */
record Chats(String provider, Flavor flavor) {
    private static final String PATH = "/chat/completions";

    ChatModel model(String model, Site site, ProviderContext context) {
        var catalogue = Catalogue.of(context);
        var info = catalogue.info(provider, model).withProviderTools(flavor.searches(model));
        var faults = new Faults(provider, info.id(), site.key(), context.time());
        // Whoever serves a model of OpenAI's serves it with the habits that it has there.
        var habits = catalogue.habits("openai", model);
        var word = flavor.maxTokens(site.base(), model);
        var request = new ChatRequest(model, word, flavor, habits);
        var wire = new ChatCompletions(request, info.can(ModelInfo.Feature.SCHEMA));
        var target = new Target.Fixed(site.at(PATH), headers(site), faults);
        return new WireModel(info, target, wire, context);
    }

    private Map<String, String> headers(Site site) {
        return flavor == Flavor.AZURE
                ? site.headers("api-key", "", Map.of())
                : site.headers("authorization", "Bearer ", Map.of());
    }
}
