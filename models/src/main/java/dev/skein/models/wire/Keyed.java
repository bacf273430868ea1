package dev.skein.models.wire;

import dev.skein.failure.Invalid;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.policy.Environment;
import dev.skein.policy.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider that is configured by variables of the environment.
 *
 * @param keys variables that may hold the key, the best first
 * @param address the variable that may hold another address
 * @param standard the provider's own address
 */
public record Keyed(String provider, List<String> keys, String address, String standard) {
    /** Copies the names. */
    public Keyed {
        keys = List.copyOf(keys);
    }

    /**
     * Where it is, and the key to it.
     *
     * @throws SkeinException with {@code model.not_configured} if there is no key
     */
    public Site site(ProviderContext context) {
        var key = key(context.environment()).orElseThrow(this::keyless);
        return new Site(uri(context.environment()), key);
    }

    /** The provider's standard model, if there is a key. */
    public Optional<Provider.Offer> offer(ProviderContext context) {
        return key(context.environment())
                .map(key ->
                        new Provider.Offer(
                                Catalogue.of(context).standardModel(provider),
                                key.name() + " is set"));
    }

    private Optional<Secret> key(Environment environment) {
        return keys.stream().flatMap(name -> environment.secret(name).stream()).findFirst();
    }

    private URI uri(Environment environment) {
        return address(environment, address, standard);
    }

    /**
     * The address in that variable, or else the standard one.
     *
     * @throws SkeinException with {@code invalid.config} if it is no HTTP address
     */
    public static URI address(Environment environment, String variable, String standard) {
        var text = environment.variable(variable).orElse(standard).strip();
        try {
            var uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null) return uri;
        } catch (URISyntaxException e) {
            throw noAddress(variable, e);
        }
        throw noAddress(variable, null);
    }

    private static SkeinException noAddress(String variable, @Nullable Throwable cause) {
        var failure =
                new Invalid.Config(
                        List.of(variable + " must be an address like https://host/path"));
        return cause == null ? new SkeinException(failure) : new SkeinException(failure, cause);
    }

    private SkeinException keyless() {
        var remedy = "Set " + keys.getFirst() + ", or use offline:";
        return new SkeinException(new ModelFailure.NotConfigured(provider, "needs a key", remedy));
    }
}
