package dev.skein.models.bedrock;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ProviderContext;
import org.jspecify.annotations.Nullable;

/**
 * Amazon's library for keys, which may be absent. It finds those of profiles, roles and machines.
 */
final class AmazonLibrary {
    private AmazonLibrary() {}

    /**
     * Where it finds keys; nobody is asked yet.
     *
     * @throws SkeinException with {@code model.not_configured} if the library is absent
     */
    static AccessKey.Source keys(ProviderContext context) {
        try {
            return context.shared(AmazonChain.class, AmazonChain::usual);
        } catch (NoClassDefFoundError e) {
            throw keyless(
                    "For a profile or a role add software.amazon.awssdk:auth to the class path.",
                    e);
        }
    }

    static boolean isThere() {
        try {
            return AmazonChain.isThere();
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    static SkeinException keyless(String more, @Nullable Throwable cause) {
        var remedy = "Set " + Place.API_KEY + ", or " + Place.KEY_ID + " and its secret. " + more;
        var failure = new ModelFailure.NotConfigured(Bedrock.NAME, "needs a key", remedy.strip());
        return cause == null ? new SkeinException(failure) : new SkeinException(failure, cause);
    }
}
