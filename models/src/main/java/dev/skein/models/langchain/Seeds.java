package dev.skein.models.langchain;

import org.jspecify.annotations.Nullable;

/** Seeds as LangChain4j takes them. */
final class Seeds {
    private Seeds() {}

    /** The same number where it fits, else another one that is always the same for it. */
    static @Nullable Integer whole(@Nullable Long seed) {
        return seed == null ? null : Long.hashCode(seed);
    }
}
