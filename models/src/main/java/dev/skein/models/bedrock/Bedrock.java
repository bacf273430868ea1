package dev.skein.models.bedrock;

import dev.skein.model.ChatModel;
import dev.skein.model.Price;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Catalogue;
import dev.skein.models.wire.Site;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Amazon Bedrock, unless it is told otherwise in the region of {@code AWS_REGION} or {@code
 * AWS_DEFAULT_REGION}, by {@code AWS_BEARER_TOKEN_BEDROCK}, by {@code AWS_ACCESS_KEY_ID} and its
 * secret, or by what Amazon's own library finds, if that is there. {@code
 * AWS_ENDPOINT_URL_BEDROCK_RUNTIME} is another address.
 */
public final class Bedrock implements Provider {
    static final String NAME = "bedrock";
    private static final List<String> FOUND = List.of("AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE");

    private final @Nullable Site site;

    /** Found by the service loader. */
    public Bedrock() {
        this(null);
    }

    /** At that place, whose key is an API key of Bedrock; null asks the environment. */
    public Bedrock(@Nullable Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChatModel model(String model, ProviderContext context) {
        return Converse.model(model, place(context), context);
    }

    private Place place(ProviderContext context) {
        if (site == null) return Place.of(context);
        var key = site.key();
        if (key == null) throw AmazonLibrary.keyless("", null);
        return new Place(site, new Proof.ApiKey(key));
    }

    /** Keys for Amazon are often there for other reasons, so it wants a region too. */
    @Override
    public Optional<Offer> offer(ProviderContext context) {
        var environment = context.environment();
        var region = Place.region(environment);
        var key =
                List.of(Place.API_KEY, Place.KEY_ID).stream()
                        .filter(name -> environment.variable(name).isPresent())
                        .findFirst()
                        .or(() ->
                                FOUND.stream()
                                        .filter(name -> environment.variable(name).isPresent())
                                        .filter(_ -> AmazonLibrary.isThere())
                                        .findFirst());
        if (key.isEmpty() || region.isEmpty()) return Optional.empty();
        var standard = standard(region.get(), Catalogue.of(context));
        return Optional.of(new Offer(standard, key.get() + " is set"));
    }

    @Override
    public Optional<Price> price(String model, ProviderContext context) {
        return Catalogue.of(context).price(NAME, Converse.kind(model));
    }

    /** The standard model as it is called from that part of the world. */
    private static String standard(String region, Catalogue catalogue) {
        var world = region.startsWith("eu-") ? "eu" : region.startsWith("ap-") ? "apac" : "us";
        return catalogue.standardModel(NAME).replaceFirst("^us", world);
    }
}
