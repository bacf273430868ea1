package dev.skein.models.langchain;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.skein.model.ChatModel;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelInfo.Feature;
import dev.skein.model.TokenEstimator;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Faults;
import dev.skein.policy.Timekeeper;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes models of instances that a program built itself. */
public final class HandedIn {
    private HandedIn() {}

    /** At least one of the two forms of the model is there. */
    public static ChatModel model(
            dev.langchain4j.model.chat.@Nullable ChatModel whole,
            @Nullable StreamingChatModel streamed) {
        var info = whole == null ? info(streamed) : info(whole, streamed != null);
        var shape = info.can(Feature.SCHEMA) ? Shape.object() : Shape.words();
        var faults = new Faults(info.provider(), info.id(), null, Timekeeper.system());
        return new DetachedModel(
                Traits.of(info, faults, shape), TokenEstimator.bytes(), whole, streamed);
    }

    private static ModelInfo info(@Nullable StreamingChatModel streamed) {
        if (streamed == null) throw new IllegalArgumentException("a model is needed");
        var name = named(streamed.defaultRequestParameters().modelName(), streamed);
        return info(provider(streamed.provider()), name, streamed.supportedCapabilities(), true);
    }

    private static ModelInfo info(dev.langchain4j.model.chat.ChatModel whole, boolean streams) {
        var name = named(whole.defaultRequestParameters().modelName(), whole);
        return info(provider(whole.provider()), name, whole.supportedCapabilities(), streams);
    }

    private static ModelInfo info(
            String provider, String name, Set<Capability> capabilities, boolean streams) {
        var known = Catalogue.shipped().info(provider, name);
        var features = EnumSet.of(Feature.TOOLS);
        if (streams) features.add(Feature.STREAMING);
        if (capabilities.contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA))
            features.add(Feature.SCHEMA);
        return new ModelInfo(
                known.id(), provider, known.contextTokens(), known.maxOutputTokens(), features);
    }

    private static String named(@Nullable String name, Object instance) {
        return name == null || name.isBlank() ? instance.getClass().getSimpleName() : name;
    }

    private static String provider(ModelProvider provider) {
        return switch (provider) {
            case ANTHROPIC -> "anthropic";
            case OPEN_AI -> "openai";
            case AZURE_OPEN_AI -> "azure-openai";
            case GOOGLE_AI_GEMINI -> "gemini";
            case MISTRAL_AI -> "mistral";
            case OLLAMA -> "ollama";
            case AMAZON_BEDROCK -> "bedrock";
            default -> "langchain4j";
        };
    }
}
