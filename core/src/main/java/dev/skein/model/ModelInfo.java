package dev.skein.model;

import java.util.Set;

/**
 * What a model is and can do.
 *
 * @param id the model string that names it, {@code provider:model}
 * @param contextTokens input and output together
 * @param maxOutputTokens the most that one answer may have
 * @param providerTools what the provider can do by itself while the model answers
 */
public record ModelInfo(
        String id,
        String provider,
        long contextTokens,
        long maxOutputTokens,
        Set<Feature> features,
        Set<ProviderTool> providerTools) {
    public ModelInfo {
        if (contextTokens < 1 || maxOutputTokens < 1)
            throw new IllegalArgumentException("token sizes of " + id + " must be at least 1");
        features = Set.copyOf(features);
        providerTools = Set.copyOf(providerTools);
    }

    /** A model whose provider does nothing by itself. */
    public ModelInfo(
            String id,
            String provider,
            long contextTokens,
            long maxOutputTokens,
            Set<Feature> features) {
        this(id, provider, contextTokens, maxOutputTokens, features, Set.of());
    }

    public ModelInfo withProviderTools(Set<ProviderTool> tools) {
        return new ModelInfo(id, provider, contextTokens, maxOutputTokens, features, tools);
    }

    /**
     * {@code SCHEMA}: the provider holds an answer to a JSON Schema; {@code REASONING}: it accepts
     * a reasoning effort.
     */
    public enum Feature {
        STREAMING,
        TOOLS,
        SCHEMA,
        IMAGES,
        REASONING
    }

    public boolean can(Feature feature) {
        return features.contains(feature);
    }
}
