package dev.skein.policy;

import dev.skein.failure.Findings;
import dev.skein.model.Money;
import dev.skein.model.Price;
import org.jspecify.annotations.Nullable;

/**
 * What a run and all its descendants may spend together. Reserved before a call, settled after it.
 * Null is not limited here; an ancestor may limit.
 *
 * @param unpriced what a model without a known price means where money is limited
 */
public record Budget(
        @Nullable Long tokens,
        @Nullable Money money,
        @Nullable Integer turns,
        @Nullable Integer toolCalls,
        @Nullable Integer spawns,
        Unpriced unpriced) {
    private static final Budget UNLIMITED =
            new Budget(null, null, null, null, null, new Unpriced.Refuse());

    public Budget {
        new Findings("budget")
                .check(tokens == null || tokens >= 0, "tokens must be at least 0, was %s", tokens)
                .check(turns == null || turns >= 0, "turns must be at least 0, was %s", turns)
                .check(
                        toolCalls == null || toolCalls >= 0,
                        "toolCalls must be at least 0, was %s",
                        toolCalls)
                .check(spawns == null || spawns >= 0, "spawns must be at least 0, was %s", spawns)
                .orThrow();
    }

    /** What a model without a known price means where money is limited. */
    public sealed interface Unpriced {
        /** No call is made: {@code model.price_unknown}. */
        record Refuse() implements Unpriced {}

        /** Charges nothing; the cost is "at least". */
        record Ignore() implements Unpriced {}

        record Assume(Price price) implements Unpriced {}
    }

    public static Budget unlimited() {
        return UNLIMITED;
    }

    public static Budget tokens(long tokens) {
        return UNLIMITED.withTokens(tokens);
    }

    /** Such as {@code "10.00 USD"}. */
    public static Budget money(String amount) {
        return UNLIMITED.withMoney(Money.parse(amount));
    }

    public Budget withTokens(long tokens) {
        return new Budget(tokens, money, turns, toolCalls, spawns, unpriced);
    }

    public Budget withMoney(Money money) {
        return new Budget(tokens, money, turns, toolCalls, spawns, unpriced);
    }

    public Budget withTurns(int turns) {
        return new Budget(tokens, money, turns, toolCalls, spawns, unpriced);
    }

    public Budget withToolCalls(int toolCalls) {
        return new Budget(tokens, money, turns, toolCalls, spawns, unpriced);
    }

    public Budget withSpawns(int spawns) {
        return new Budget(tokens, money, turns, toolCalls, spawns, unpriced);
    }

    public Budget withUnpriced(Unpriced unpriced) {
        return new Budget(tokens, money, turns, toolCalls, spawns, unpriced);
    }
}
