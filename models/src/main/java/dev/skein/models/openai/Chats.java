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
        var info = Catalogue.info(provider, model);
        var faults = new Faults(provider, info.id(), site.key(), context.time());
        var request = new ChatRequest(model, flavor.maxTokens(site.base(), model), flavor);
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
