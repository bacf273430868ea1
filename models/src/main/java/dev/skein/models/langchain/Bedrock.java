package dev.skein.models.langchain;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ChatModel;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.policy.Environment;
import java.util.List;
import java.util.Optional;

/**
 * Amazon Bedrock, by whatever credentials Amazon's client finds, in the region of {@code
 * AWS_REGION} or {@code AWS_DEFAULT_REGION}. It does not stream.
 */
public final class Bedrock implements Provider {
    private static final String NAME = "bedrock";
    private static final Library LIBRARY = new Library(NAME, "langchain4j-bedrock");
    private static final List<String> CREDENTIALS =
            List.of(
                    "AWS_BEARER_TOKEN_BEDROCK",
                    "AWS_ACCESS_KEY_ID",
                    "AWS_PROFILE",
                    "AWS_WEB_IDENTITY_TOKEN_FILE");

    /** Found by the service loader. */
    public Bedrock() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChatModel model(String model, ProviderContext context) {
        var region = region(context.environment()).orElseThrow(Bedrock::nowhere);
        return LIBRARY.use(() -> BedrockModels.model(model, region, context));
    }

    /**
     * Credentials for Amazon are often there for other reasons, so it wants the library and a
     * region too.
     */
    @Override
    public Optional<Offer> offer(ProviderContext context) {
        var environment = context.environment();
        var credential =
                CREDENTIALS.stream()
                        .filter(name -> environment.variable(name).isPresent())
                        .findFirst();
        var region = region(environment);
        if (credential.isEmpty() || region.isEmpty() || !isThere()) return Optional.empty();
        return Optional.of(new Offer(standard(region.get()), credential.get() + " is set"));
    }

    private static boolean isThere() {
        try {
            return BedrockModels.areThere();
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    /** The standard model as it is called from that part of the world. */
    private static String standard(String region) {
        var world = region.startsWith("eu-") ? "eu" : region.startsWith("ap-") ? "apac" : "us";
        return Catalogue.standardModel(NAME).replaceFirst("^us", world);
    }

    private static Optional<String> region(Environment environment) {
        return environment
                .variable("AWS_REGION")
                .or(() -> environment.variable("AWS_DEFAULT_REGION"));
    }

    private static SkeinException nowhere() {
        var remedy = "Set AWS_REGION to the region of your models.";
        return new SkeinException(new ModelFailure.NotConfigured(NAME, "needs a region", remedy));
    }
}
