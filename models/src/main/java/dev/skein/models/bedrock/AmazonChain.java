package dev.skein.models.bedrock;

import dev.skein.models.wire.Aside;
import dev.skein.policy.Secret;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The keys that Amazon's own library finds: in properties, profiles, roles, containers and
 * machines. It may ask over the network, start programs and take its time, so it works on a thread
 * of its own. It keeps what it found as long as that holds.
 */
final class AmazonChain implements AccessKey.Source, AutoCloseable {
    private final AwsCredentialsProvider provider;
    private final Runnable closing;

    private AmazonChain(DefaultCredentialsProvider provider) {
        this(provider, provider::close);
    }

    AmazonChain(AwsCredentialsProvider provider, Runnable closing) {
        this.provider = provider;
        this.closing = closing;
    }

    /** All places that the library knows. */
    static AmazonChain usual() {
        return new AmazonChain(DefaultCredentialsProvider.builder().build());
    }

    static boolean isThere() {
        return DefaultCredentialsProvider.class.getSimpleName().length() > 0;
    }

    @Override
    public AccessKey current() throws InterruptedException {
        try {
            return key(Aside.call("bedrock-keys", provider::resolveCredentials));
        } catch (SdkException e) {
            throw AmazonLibrary.keyless("Amazon's library says: " + e.getMessage(), e);
        }
    }

    private static AccessKey key(AwsCredentials found) {
        var secret = secret("the key", found.secretAccessKey());
        var session =
                found instanceof AwsSessionCredentials lent
                        ? secret("the token", lent.sessionToken())
                        : null;
        return new AccessKey(found.accessKeyId(), secret, session);
    }

    private static Secret secret(String name, String value) {
        return Secret.of(name, value.toCharArray());
    }

    @Override
    public void close() {
        closing.run();
    }
}
