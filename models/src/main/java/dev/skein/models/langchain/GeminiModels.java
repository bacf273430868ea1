package dev.skein.models.langchain;

import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import dev.skein.model.ChatModel;
import dev.skein.model.ModelSettings;
import dev.skein.model.ProviderContext;
import dev.skein.model.Usage;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Faults;
import dev.skein.models.wire.Lowering;
import dev.skein.models.wire.Site;
import dev.skein.models.wire.Thinking;
import org.jspecify.annotations.Nullable;

/** Makes models of LangChain4j's module for Gemini. */
record GeminiModels(String model, Site site, TransportClient client) {
    private static final String PROVIDER = "gemini";

    static ChatModel model(String model, Site site, ProviderContext context) {
        var info =
                Catalogue.of(context)
                        .info(PROVIDER, model)
                        .withProviderTools(GeminiTools.offered());
        var faults = new Faults(PROVIDER, info.id(), site.key(), context.time());
        boolean elder = model.matches("gemini-[12][.-].*");
        // Before its third version the model takes no schema of the answer while it may call tools.
        var traits =
                Traits.of(info, faults, Shape.lowered(Lowering.GEMINI, false))
                        .withToolsOrShape(elder)
                        .withUsage(GeminiModels::usage);
        var client = TransportClient.of(context, faults, new GeminiWording(!elder));
        var models = new GeminiModels(model, site, client);
        return new DirectModel(traits, context, models::both);
    }

    private DirectModel.Both both(ModelSettings settings) {
        var thinking = thinking(settings.reasoning());
        var whole =
                GoogleAiGeminiChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(site.base().toString())
                        .apiKey(site.secret())
                        .modelName(model)
                        .maxRetries(0)
                        .seed(Seeds.whole(settings.seed()))
                        .thinkingConfig(thinking)
                        .returnThinking(true)
                        .sendThinking(true)
                        .build();
        var streamed =
                GoogleAiGeminiStreamingChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(site.base().toString())
                        .apiKey(site.secret())
                        .modelName(model)
                        .seed(Seeds.whole(settings.seed()))
                        .thinkingConfig(thinking)
                        .returnThinking(true)
                        .sendThinking(true)
                        .build();
        return new DirectModel.Both(whole, streamed);
    }

    private static @Nullable GeminiThinkingConfig thinking(@Nullable String reasoning) {
        if (reasoning == null) return null;
        return GeminiThinkingConfig.builder()
                .includeThoughts(true)
                .thinkingBudget(Thinking.tokens(reasoning))
                .build();
    }

    /** The library leaves thoughts out of the output; ours does not. */
    private static Usage usage(TokenUsage tokens) {
        var counted = Traits.counted(tokens);
        if (!(tokens instanceof GoogleAiGeminiTokenUsage all)) return counted;
        long thoughts = Traits.number(all.thoughtsTokenCount());
        return Usage.of(counted.input(), counted.output() + thoughts)
                .withCache(Traits.number(all.cachedContentTokenCount()), 0)
                .withReasoning(thoughts);
    }
}
