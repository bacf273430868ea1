package dev.skein.model;

/** What a million tokens cost. */
public record Price(Money input, Money output, Money cacheRead, Money cacheWrite) {
    private static final long MILLION = 1_000_000;
    private static final Price FREE =
            new Price(Money.zero(), Money.zero(), Money.zero(), Money.zero());

    /** Of models that run here. */
    public static Price free() {
        return FREE;
    }

    /** The same price for cached input as for any other. */
    public static Price of(String input, String output) {
        var in = Money.parse(input);
        return new Price(in, Money.parse(output), in, in);
    }

    /** The cost of this usage, each kind of token rounded up to the nano. */
    public Money of(Usage usage) {
        long fresh = Math.max(0, usage.input() - usage.cacheRead() - usage.cacheWrite());
        return part(input, fresh)
                .plus(part(cacheRead, usage.cacheRead()))
                .plus(part(cacheWrite, usage.cacheWrite()))
                .plus(part(output, usage.output()));
    }

    private static Money part(Money perMillion, long tokens) {
        var exact = Math.multiplyExact(perMillion.nanos(), tokens);
        return new Money((exact + MILLION - 1) / MILLION, perMillion.currency());
    }
}
