package dev.skein.model;

import java.util.Optional;

/**
 * Makes the models of one provider. Found by {@link java.util.ServiceLoader} or given in the
 * configuration; nothing is contacted when one is made.
 */
public interface Provider {
    /** The part of a model string before the colon: {@code [a-z][a-z0-9-]*}. */
    String name();

    /**
     * The model of that name.
     *
     * @throws dev.skein.failure.SkeinException with {@code model.not_configured} if a key or a
     *     library is missing
     */
    ChatModel model(String model, ProviderContext context);

    /**
     * Offers itself for agents that name no model. Providers are asked in the order in which they
     * are listed.
     *
     * @return empty if the provider is not configured here
     */
    default Optional<Offer> offer(ProviderContext context) throws InterruptedException {
        return Optional.empty();
    }

    /** What a model of this provider costs, if its catalogue knows. */
    default Optional<Price> price(String model, ProviderContext context) {
        return Optional.empty();
    }

    /**
     * A model and why it is offered.
     *
     * @param model the part of the model string after the colon
     * @param reason such as "ANTHROPIC_API_KEY is set"
     */
    record Offer(String model, String reason) {}
}
