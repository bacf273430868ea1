package dev.skein.testkit;

import java.util.Set;

/**
 * What a wire is told of its models: every name is one, but these; and how many tokens they read.
 */
record Limits(Set<String> unknownModels, long contextTokens) {
    Limits {
        unknownModels = Set.copyOf(unknownModels);
    }
}
