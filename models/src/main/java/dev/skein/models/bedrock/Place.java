package dev.skein.models.bedrock;

import dev.skein.failure.Invalid;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Keyed;
import dev.skein.models.wire.Site;
import dev.skein.policy.Environment;
import java.util.List;
import java.util.Optional;

/** Where Bedrock is, and who asks there, as Amazon's programs read it from the environment. */
record Place(Site site, Proof proof) {
    static final String API_KEY = "AWS_BEARER_TOKEN_BEDROCK";
    static final String KEY_ID = "AWS_ACCESS_KEY_ID";
    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
    private static final String SESSION = "AWS_SESSION_TOKEN";
    private static final String REGION = "AWS_REGION";
    private static final List<String> ADDRESSES =
            List.of("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_ENDPOINT_URL");

    static Place of(ProviderContext context) {
        var environment = context.environment();
        var region = region(environment).orElseThrow(Place::nowhere);
        if (!region.matches("[a-z0-9-]{1,40}"))
            throw new SkeinException(
                    new Invalid.Config(List.of(REGION + " must be a region like eu-central-1")));
        var address =
                ADDRESSES.stream()
                        .filter(name -> environment.variable(name).isPresent())
                        .findFirst()
                        .orElse(ADDRESSES.getFirst());
        var base = Keyed.address(environment, address, standard(region));
        return new Place(new Site(base, null), proof(region, context));
    }

    private static String standard(String region) {
        var end = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        return "https://bedrock-runtime." + region + end;
    }

    /** An API key is for Bedrock alone, so it goes first; what only a library finds is last. */
    private static Proof proof(String region, ProviderContext context) {
        var environment = context.environment();
        var apiKey = environment.secret(API_KEY);
        if (apiKey.isPresent()) return new Proof.ApiKey(apiKey.get());
        var id = environment.variable(KEY_ID);
        var secret = environment.secret(SECRET);
        if (id.isEmpty() || secret.isEmpty())
            return new Proof.Found(AmazonLibrary.keys(context), region, context.time());
        var key = new AccessKey(id.get(), secret.get(), environment.secret(SESSION).orElse(null));
        return new Proof.Given(key, region, context.time());
    }

    static Optional<String> region(Environment environment) {
        return environment.variable(REGION).or(() -> environment.variable("AWS_DEFAULT_REGION"));
    }

    private static SkeinException nowhere() {
        var remedy = "Set " + REGION + " to the region of your models.";
        return new SkeinException(
                new ModelFailure.NotConfigured(Bedrock.NAME, "needs a region", remedy));
    }
}
