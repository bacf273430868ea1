package dev.skein.models.bedrock;

import dev.skein.policy.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What requests to Amazon are signed with.
 *
 * @param id its name, which is no secret
 * @param session shown beside it where the key is lent for a while only
 */
record AccessKey(String id, Secret secret, @Nullable Secret session) {
    /** Where the current one is found. */
    @FunctionalInterface
    interface Source {
        /** Blocks if somebody has to be asked; interrupt to cancel. */
        AccessKey current() throws InterruptedException;
    }
}
