package dev.skein.model;

import dev.skein.failure.Findings;
import dev.skein.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model is asked. What is null is left to the provider, but {@code maxTokens} is always sent.
 *
 * @param maxTokens the most tokens of one answer, at least 1
 * @param temperature 0 to 2
 * @param topP above 0, at most 1
 * @param reasoning {@code low}, {@code medium}, {@code high} or a number of tokens
 * @param stop at most 16 texts at which the answer ends
 * @param extra fields of the provider's own, sent as they are
 */
public record ModelSettings(
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Long seed,
        @Nullable String reasoning,
        List<String> stop,
        Map<String, Json> extra) {
    private static final int MOST_STOPS = 16;
    private static final ModelSettings UNSET =
            new ModelSettings(null, null, null, null, null, List.of(), Map.of());

    public ModelSettings {
        stop = List.copyOf(stop);
        extra = Map.copyOf(extra);
        new Findings("settings")
                .check(
                        maxTokens == null || maxTokens >= 1,
                        "maxTokens must be at least 1, was %s",
                        maxTokens)
                .check(
                        temperature == null || (temperature >= 0 && temperature <= 2),
                        "temperature must be 0 to 2, was %s",
                        temperature)
                .check(
                        topP == null || (topP > 0 && topP <= 1),
                        "topP must be above 0 and at most 1, was %s",
                        topP)
                .check(
                        reasoning == null || reasoning.matches("low|medium|high|[0-9]{1,7}"),
                        "reasoning must be low, medium, high or a number, was %s",
                        reasoning)
                .check(
                        stop.size() <= MOST_STOPS,
                        "stop may have %s texts, has %s",
                        MOST_STOPS,
                        stop.size())
                .orThrow();
    }

    public static ModelSettings unset() {
        return UNSET;
    }

    public ModelSettings withMaxTokens(int maxTokens) {
        return new ModelSettings(maxTokens, temperature, topP, seed, reasoning, stop, extra);
    }

    public ModelSettings withTemperature(double temperature) {
        return new ModelSettings(maxTokens, temperature, topP, seed, reasoning, stop, extra);
    }

    public ModelSettings withTopP(double topP) {
        return new ModelSettings(maxTokens, temperature, topP, seed, reasoning, stop, extra);
    }

    public ModelSettings withSeed(long seed) {
        return new ModelSettings(maxTokens, temperature, topP, seed, reasoning, stop, extra);
    }

    public ModelSettings withReasoning(String reasoning) {
        return new ModelSettings(maxTokens, temperature, topP, seed, reasoning, stop, extra);
    }

    public ModelSettings withStop(String... stop) {
        return new ModelSettings(
                maxTokens, temperature, topP, seed, reasoning, List.of(stop), extra);
    }

    public ModelSettings withExtra(Map<String, Json> extra) {
        return new ModelSettings(maxTokens, temperature, topP, seed, reasoning, stop, extra);
    }
}
