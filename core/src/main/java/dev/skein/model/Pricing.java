package dev.skein.model;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        return new PriceList(new TreeMap<>(byPattern));
    }

    /** This pricing with one more price, which wins over a shorter or equal pattern. */
    default Pricing plus(String modelPattern, Price price) {
        var more = of(Map.of(modelPattern, price));
        return model -> more.price(model).or(() -> price(model));
    }
}
