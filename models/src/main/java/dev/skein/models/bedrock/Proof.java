package dev.skein.models.bedrock;

import dev.skein.policy.Secret;
import dev.skein.policy.Timekeeper;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who asks. */
sealed interface Proof {
    /** The headers that prove it for this body. May have to ask somebody for a key. */
    Map<String, String> headers(URI uri, byte[] body) throws InterruptedException;

    /** The secret in it, as far as it is known before somebody asks. */
    @Nullable Secret secret();

    /** An API key of Bedrock, which is sent as it is. */
    record ApiKey(Secret secret) implements Proof {
        @Override
        public Map<String, String> headers(URI uri, byte[] body) {
            return Map.of("authorization", "Bearer " + secret.reveal(value -> new String(value)));
        }
    }

    /** A signature with a key that is given. */
    record Given(AccessKey key, String region, Timekeeper time) implements Proof {
        @Override
        public Map<String, String> headers(URI uri, byte[] body) {
            return new Signature(key, region, time.instant()).headers(uri, body);
        }

        @Override
        public Secret secret() {
            return key.secret();
        }
    }

    /** A signature with a key that is looked for each time. */
    record Found(AccessKey.Source keys, String region, Timekeeper time) implements Proof {
        @Override
        public Map<String, String> headers(URI uri, byte[] body) throws InterruptedException {
            return new Signature(keys.current(), region, time.instant()).headers(uri, body);
        }

        @Override
        public @Nullable Secret secret() {
            return null;
        }
    }
}
