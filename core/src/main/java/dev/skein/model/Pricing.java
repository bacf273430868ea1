package dev.skein.model;

import java.util.Map;
import java.util.Optional;

/** What models cost: the exact model string first, then the longest pattern that fits. */
@FunctionalInterface
public interface Pricing {
    Optional<Price> price(String model);

    /** Knows no price but that of {@code offline:} models, which is zero. */
    static Pricing none() {
        return model -> model.startsWith("offline:") ? Optional.of(Price.free()) : Optional.empty();
    }

    /** Patterns have {@code *} for any text, as in {@code "openai:*"}. */
    static Pricing of(Map<String, Price> byPattern) {
        return new PriceList(byPattern, _ -> Optional.empty());
    }

    /**
     * This pricing with one more price. Of the prices that were added, the exact one wins, then the
     * longest pattern that fits; all of them win over what was there before.
     */
    default Pricing plus(String modelPattern, Price price) {
        return new PriceList(Map.of(modelPattern, price), this);
    }
}
