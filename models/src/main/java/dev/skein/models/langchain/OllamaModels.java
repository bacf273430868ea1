package dev.skein.models.langchain;

import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.skein.model.ChatModel;
import dev.skein.model.ModelSettings;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Faults;
import dev.skein.models.wire.Site;

/** Makes models of LangChain4j's module for Ollama. */
record OllamaModels(String model, Site site, TransportClient client) {
    private static final String PROVIDER = "ollama";

    static ChatModel model(String model, Site site, ProviderContext context) {
        var info = Catalogue.of(context).info(PROVIDER, model);
        var faults = new Faults(PROVIDER, info.id(), site.key(), context.time());
        var client = TransportClient.of(context, faults, new OllamaWording());
        var models = new OllamaModels(model, site, client);
        return new DirectModel(Traits.of(info, faults, Shape.whole()), context, models::both);
    }

    private DirectModel.Both both(ModelSettings settings) {
        Boolean thinks = settings.reasoning() == null ? null : Boolean.TRUE;
        var whole =
                OllamaChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(site.base().toString())
                        .modelName(model)
                        .maxRetries(0)
                        .seed(Seeds.whole(settings.seed()))
                        .think(thinks)
                        .returnThinking(true)
                        .build();
        var streamed =
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(site.base().toString())
                        .modelName(model)
                        .seed(Seeds.whole(settings.seed()))
                        .think(thinks)
                        .returnThinking(true)
                        .build();
        return new DirectModel.Both(whole, streamed);
    }
}
