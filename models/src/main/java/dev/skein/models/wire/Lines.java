package dev.skein.models.wire;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.http.Proxies;
import dev.skein.http.Transport;
import dev.skein.model.ProviderContext;
import java.util.List;

/** The one transport that all models of a runtime share. */
public final class Lines {
    private Lines() {}

    /**
     * Opened at first use, with the proxies that the environment names.
     *
     * @throws SkeinException with {@code invalid.config} if a proxy cannot be read
     */
    public static Transport of(ProviderContext context) {
        return context.shared(Transport.class, () -> open(context));
    }

    private static Transport open(ProviderContext context) {
        return Transport.open(context.limits(), proxies(context), context.time());
    }

    private static Proxies proxies(ProviderContext context) {
        try {
            return Proxies.of(
                    variable(context, "HTTPS_PROXY", "https_proxy"),
                    variable(context, "HTTP_PROXY", "http_proxy"),
                    variable(context, "NO_PROXY", "no_proxy"));
        } catch (IllegalArgumentException e) {
            throw new SkeinException(
                    new Invalid.Config(List.of("HTTPS_PROXY or HTTP_PROXY: " + e.getMessage())), e);
        }
    }

    private static String variable(ProviderContext context, String name, String other) {
        var environment = context.environment();
        return environment.variable(name).or(() -> environment.variable(other)).orElse("");
    }
}
