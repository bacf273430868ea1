package dev.skein.models.langchain;

import dev.langchain4j.model.mistralai.MistralAiChatModel;
import dev.langchain4j.model.mistralai.MistralAiStreamingChatModel;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ChatModel;
import dev.skein.model.ModelSettings;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Faults;
import dev.skein.models.wire.Lowering;
import dev.skein.models.wire.Site;

/** Makes models of LangChain4j's module for Mistral. */
record MistralModels(String model, Site site, TransportClient client) {
    private static final String PROVIDER = "mistral";

    static ChatModel model(String model, Site site, ProviderContext context) {
        var info = Catalogue.of(context).info(PROVIDER, model);
        var faults = new Faults(PROVIDER, info.id(), site.key(), context.time());
        var traits = Traits.of(info, faults, Shape.lowered(Lowering.OPENAI, true));
        var client = TransportClient.of(context, faults, new MistralWording());
        var models = new MistralModels(model, site, client);
        return new DirectModel(traits, context, models::both);
    }

    private DirectModel.Both both(ModelSettings settings) {
        if (settings.reasoning() != null) {
            var problem = "how much it thinks cannot be set";
            throw new SkeinException(new ModelFailure.BadRequest(PROVIDER + ":" + model, problem));
        }
        var whole =
                MistralAiChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(site.base().toString())
                        .apiKey(site.secret())
                        .modelName(model)
                        .maxRetries(0)
                        .randomSeed(Seeds.whole(settings.seed()))
                        .strictJsonSchema(true)
                        .build();
        var streamed =
                MistralAiStreamingChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(site.base().toString())
                        .apiKey(site.secret())
                        .modelName(model)
                        .randomSeed(Seeds.whole(settings.seed()))
                        .strictJsonSchema(true)
                        .build();
        return new DirectModel.Both(whole, streamed);
    }
}
