import org.jspecify.annotations.NullMarked;

/** Models of providers behind {@link dev.skein.model.ChatModel}, the offline model, and scripts. */
@NullMarked
module dev.skein.models {
    requires transitive dev.skein.core;

    // Optional libraries, each needed by the models of one provider only.
    requires static langchain4j.core;
    requires static langchain4j.http.client;
    requires static langchain4j.google.ai.gemini;
    requires static langchain4j.mistral.ai;
    requires static langchain4j.ollama;
    requires static software.amazon.awssdk.auth;
    requires static software.amazon.awssdk.core;

    exports dev.skein.models;

    // In this order they offer themselves to agents that name no model.
    provides dev.skein.model.Provider with
            dev.skein.models.anthropic.Anthropic,
            dev.skein.models.openai.OpenAi,
            dev.skein.models.langchain.Gemini,
            dev.skein.models.langchain.Mistral,
            dev.skein.models.openai.OpenRouter,
            dev.skein.models.openai.AzureOpenAi,
            dev.skein.models.bedrock.Bedrock,
            dev.skein.models.langchain.Ollama,
            dev.skein.models.offline.Offline;
}
