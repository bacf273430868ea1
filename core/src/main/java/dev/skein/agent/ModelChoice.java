package dev.skein.agent;

import dev.skein.failure.Findings;
import dev.skein.model.ModelSettings;
import dev.skein.model.ProviderTool;
import dev.skein.policy.RetryRule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which model answers, and how it is asked.
 *
 * @param model {@code provider:model}, or the name of a model of the runtime; null: the runtime's
 *     own choice
 * @param fallbacks at most 8, asked in turn when a call has failed for good
 * @param providerTools what the provider may do by itself, as far as policies allow it; every one
 *     of these models must offer all of it
 * @param retry null: the runtime's
 */
public record ModelChoice(
        @Nullable String model,
        List<String> fallbacks,
        ModelSettings settings,
        Set<ProviderTool> providerTools,
        Concurrency concurrency,
        @Nullable RetryRule retry) {
    private static final int MOST_FALLBACKS = 8;

    /** The only provider whose one model needs no name. */
    private static final String UNNAMED = "offline:";

    private static final ModelChoice OF_RUNTIME =
            new ModelChoice(
                    null,
                    List.of(),
                    ModelSettings.unset(),
                    Set.of(),
                    new Concurrency.Unlimited(),
                    null);

    public ModelChoice {
        fallbacks = List.copyOf(fallbacks);
        providerTools = Set.copyOf(providerTools);
        var findings = new Findings("model");
        findings.check(
                fallbacks.size() <= MOST_FALLBACKS,
                "there may be 8 fallbacks, there are %s",
                fallbacks.size());
        findings.check(
                model == null || !fallbacks.contains(model), "'%s' is its own fallback", model);
        findings.check(
                new HashSet<>(fallbacks).size() == fallbacks.size(),
                "a fallback is named twice: %s",
                fallbacks);
        findings.check(
                !(concurrency instanceof Concurrency.Own(var calls) && calls < 1),
                "concurrency must be at least 1");
        if (model != null) problem(model).ifPresent(findings::add);
        fallbacks.forEach(name -> problem(name).ifPresent(findings::add));
        findings.orThrow();
    }

    public static ModelChoice ofRuntime() {
        return OF_RUNTIME;
    }

    public ModelChoice withModel(String model, List<String> fallbacks) {
        return new ModelChoice(model, fallbacks, settings, providerTools, concurrency, retry);
    }

    public ModelChoice withSettings(ModelSettings settings) {
        return new ModelChoice(model, fallbacks, settings, providerTools, concurrency, retry);
    }

    public ModelChoice withProviderTools(ProviderTool... tools) {
        return new ModelChoice(model, fallbacks, settings, Set.of(tools), concurrency, retry);
    }

    public ModelChoice withConcurrency(Concurrency concurrency) {
        return new ModelChoice(model, fallbacks, settings, providerTools, concurrency, retry);
    }

    public ModelChoice withRetry(RetryRule retry) {
        return new ModelChoice(model, fallbacks, settings, providerTools, concurrency, retry);
    }

    /**
     * What is wrong with a model string, or empty: {@code provider:model}, or a name without a
     * colon.
     */
    public static Optional<String> problem(String model) {
        int colon = model.indexOf(':');
        boolean named = colon < 0 && model.matches("\\S{1,200}");
        boolean provided =
                colon > 0
                        && model.substring(0, colon).matches("[a-z][a-z0-9-]*")
                        && model.substring(colon + 1).matches("\\p{Graph}{1,200}");
        boolean fits = named || provided || model.equals(UNNAMED);
        return fits
                ? Optional.empty()
                : Optional.of(
                        "model '" + model + "' is not provider:model, such as openai:gpt-5-mini");
    }
}
