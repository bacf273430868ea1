package dev.skein.harnesses.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * By what an agent proves who it is: first by a secret, once, then by the key that it got for it.
 * Only hashes are kept. For one thread at a time.
 */
final class Credentials {
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private byte[] secret = new byte[0];
    private byte[] key = new byte[0];

    /** A new secret; what was there before is not good any more. */
    String secret() {
        var made = made();
        secret = hash(made);
        key = new byte[0];
        return made;
    }

    /**
     * The key that is good from now on; a secret is used up.
     *
     * @throws RefusedException with {@code bad_secret}
     */
    String key(Up.Proof proof) throws RefusedException {
        var expected = proof.first() ? secret : key;
        boolean same = MessageDigest.isEqual(hash(proof.value()), expected);
        if (!same)
            throw RefusedException.last(
                    "bad_secret", "the " + proof + " is wrong, or was used before");
        if (!proof.first()) return proof.value();
        secret = new byte[0];
        var made = made();
        key = hash(made);
        return made;
    }

    private String made() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String value) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
