package dev.skein.session;

import dev.skein.name.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Which conversation.
 *
 * @param agent null: one thread that all agents of the namespace share
 */
public record SessionKey(Namespace namespace, @Nullable String agent)
        implements Comparable<SessionKey> {
    @Override
    public int compareTo(SessionKey other) {
        return text().compareTo(other.text());
    }

    /** The namespace, and the agent after a slash; no two keys have the same text. */
    public String text() {
        return agent == null ? namespace.key() : namespace.key() + "/" + agent;
    }
}
