package dev.skein.testkit;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rules in the order in which a provider applies them. */
final class First {
    private First() {}

    /** The first refusal, or null if no rule has one. */
    @SafeVarargs
    static @Nullable Refusal of(Supplier<@Nullable Refusal>... rules) {
        for (var rule : rules) {
            var refusal = rule.get();
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }
}
