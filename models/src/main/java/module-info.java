import org.jspecify.annotations.NullMarked;

/** Models of providers behind {@link dev.skein.model.ChatModel}, the offline model, and scripts. */
@NullMarked
module dev.skein.models {
    requires transitive dev.skein.core;

    exports dev.skein.models;

    // In this order they offer themselves to agents that name no model.
    provides dev.skein.model.Provider with
            dev.skein.models.anthropic.Anthropic,
            dev.skein.models.openai.OpenAi,
            dev.skein.models.openai.OpenRouter,
            dev.skein.models.openai.AzureOpenAi,
            dev.skein.models.offline.Offline;
}
