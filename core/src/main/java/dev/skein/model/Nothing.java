package dev.skein.model;

/** Holds the cost of nothing, so that sums need not make it anew. */
final class Nothing {
    static final Cost COST = new Cost.Known(Money.zero());

    private Nothing() {}
}
