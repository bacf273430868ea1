package dev.skein.model;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Prices by model string or by a pattern with {@code *}. */
record PriceList(Map<String, Price> byPattern) implements Pricing {
    PriceList {
        byPattern = Map.copyOf(byPattern);
    }

    @Override
    public Optional<Price> price(String model) {
        var exact = byPattern.get(model);
        if (exact != null) return Optional.of(exact);
        return byPattern.keySet().stream()
                .filter(pattern -> fits(pattern, model))
                .max(
                        Comparator.comparingInt(String::length)
                                .thenComparing(Comparator.naturalOrder()))
                .map(byPattern::get);
    }

    private static boolean fits(String pattern, String model) {
        int star = pattern.indexOf('*');
        if (star < 0) return pattern.equals(model);
        var tail = pattern.substring(star + 1);
        return model.startsWith(pattern.substring(0, star))
                && model.length() >= pattern.length() - 1
                && model.endsWith(tail);
    }
}
