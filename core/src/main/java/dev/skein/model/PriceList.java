package dev.skein.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prices by model string or by a pattern with {@code *}.
 *
 * @param otherwise is asked for models that none of them fits
 */
record PriceList(Map<String, Price> byPattern, Pricing otherwise) implements Pricing {
    private static final Comparator<String> NARROWEST =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    PriceList {
        byPattern = Map.copyOf(byPattern);
    }

    @Override
    public Optional<Price> price(String model) {
        var exact = byPattern.get(model);
        if (exact != null) return Optional.of(exact);
        Map.Entry<String, Price> best = null;
        for (var entry : byPattern.entrySet())
            if (fits(entry.getKey(), model)
                    && (best == null || NARROWEST.compare(entry.getKey(), best.getKey()) > 0))
                best = entry;
        return best == null ? otherwise.price(model) : Optional.of(best.getValue());
    }

    @Override
    public Pricing plus(String modelPattern, Price price) {
        var more = new HashMap<>(byPattern);
        more.put(modelPattern, price);
        return new PriceList(more, otherwise);
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
