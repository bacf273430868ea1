package dev.skein.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** An exact amount: 1 USD is 1,000,000,000 nanos. No double comes near it. */
public record Money(long nanos, String currency) {
    private static final int NANO_DIGITS = 9;
    private static final Money ZERO = new Money(0, "USD");

    public Money {
        if (nanos < 0)
            throw new IllegalArgumentException(
                    "an amount is not negative, was " + nanos + " nanos");
        if (!isCode(currency))
            throw new IllegalArgumentException(
                    "a currency has three capital letters, was " + currency);
    }

    public static Money zero() {
        return ZERO;
    }

    /** Reads {@code "0.50 USD"}; at most nine decimals. */
    public static Money parse(String text) {
        var words = text.strip().split(" +", 2);
        if (words.length != 2)
            throw new IllegalArgumentException(
                    "an amount looks like \"0.50 USD\", was \"" + text + "\"");
        try {
            return new Money(
                    new BigDecimal(words[0]).movePointRight(NANO_DIGITS).longValueExact(),
                    words[1]);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "an amount looks like \"0.50 USD\", was \"" + text + "\"", e);
        }
    }

    public Money plus(Money other) {
        if (other.nanos == 0) return this;
        if (nanos == 0) return other;
        if (!currency.equals(other.currency))
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        return new Money(Math.addExact(nanos, other.nanos), currency);
    }

    @Override
    public String toString() {
        var amount = BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros();
        if (amount.signum() != 0 && amount.scale() < 2)
            amount = amount.setScale(2, RoundingMode.UNNECESSARY);
        return (amount.signum() == 0 ? "0" : amount.toPlainString()) + " " + currency;
    }

    private static boolean isCode(String currency) {
        return currency.length() == 3
                && isCapital(currency.charAt(0))
                && isCapital(currency.charAt(1))
                && isCapital(currency.charAt(2));
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
