package dev.skein.models.langchain;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import dev.skein.model.ChatModel;
import dev.skein.model.ProviderContext;
import dev.skein.model.Usage;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Faults;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Makes models of LangChain4j's module for Bedrock, which brings a client of its own. */
final class BedrockModels {
    private static final String PROVIDER = "bedrock";

    private BedrockModels() {}

    static ChatModel model(String model, String region, ProviderContext context) {
        var info = Catalogue.info(PROVIDER, model);
        var faults = new Faults(PROVIDER, info.id(), null, context.time());
        var traits = Traits.of(info, faults, Shape.words()).withUsage(BedrockModels::usage);
        var client = context.shared(BedrockRuntimeClient.class, () -> client(region));
        var whole = BedrockChatModel.builder().client(client).modelId(model).maxRetries(0).build();
        return new DetachedModel(traits, context.estimator(), whole, null);
    }

    /** Whether the library is there. */
    static boolean areThere() {
        return BedrockChatModel.class.getSimpleName().length() > 0;
    }

    /** The runtime tries again, so the client must not. */
    private static BedrockRuntimeClient client(String region) {
        return BedrockRuntimeClient.builder()
                .region(Region.of(region))
                .overrideConfiguration(
                        client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static Usage usage(TokenUsage tokens) {
        var counted = Traits.counted(tokens);
        if (!(tokens instanceof BedrockTokenUsage all)) return counted;
        long read = Traits.number(all.cacheReadInputTokens());
        long written = Traits.number(all.cacheWriteInputTokens());
        return Usage.of(counted.input() + read + written, counted.output())
                .withCache(read, written);
    }
}
