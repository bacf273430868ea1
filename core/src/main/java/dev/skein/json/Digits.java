package dev.skein.json;

import java.math.BigDecimal;

/** Numbers as text. */
final class Digits {
    static final int MAX = 100;

    /** No long has more digits, whatever exponent it is written with. */
    private static final int LONG_DIGITS = 19;

    private Digits() {}

    static String of(double value) {
        if (!Double.isFinite(value)) throw new IllegalArgumentException("no JSON number: " + value);
        return Double.toString(value);
    }

    static String of(float value) {
        if (!Float.isFinite(value)) throw new IllegalArgumentException("no JSON number: " + value);
        return Float.toString(value);
    }

    /**
     * Refuses what the grammar of JSON does not allow: {@code
     * -?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?}.
     */
    static void check(String digits) {
        if (digits.length() > MAX || !isNumber(digits)) {
            throw new IllegalArgumentException(
                    "no JSON number: " + digits.substring(0, Math.min(MAX, digits.length())));
        }
    }

    static long longOf(String digits, long otherwise) {
        if (digits.length() < LONG_DIGITS && isWhole(digits)) return Long.parseLong(digits);
        var value = new BigDecimal(digits);
        if ((long) value.precision() - value.scale() > LONG_DIGITS) return otherwise;
        try {
            return value.longValueExact();
        } catch (ArithmeticException noLong) {
            return otherwise;
        }
    }

    /** Whether it is written with digits only, and a sign. */
    static boolean isWhole(String digits) {
        return afterDigits(digits, digits.startsWith("-") ? 1 : 0) == digits.length();
    }

    private static boolean isNumber(String digits) {
        int start = digits.startsWith("-") ? 1 : 0;
        int at = afterDigits(digits, start);
        if (at == start || (at > start + 1 && digits.charAt(start) == '0')) return false;
        if (at < digits.length() && digits.charAt(at) == '.') {
            int fraction = at + 1;
            at = afterDigits(digits, fraction);
            if (at == fraction) return false;
        }
        return at == digits.length() || isExponent(digits, at);
    }

    private static boolean isExponent(String digits, int at) {
        if ((digits.charAt(at) | 0x20) != 'e' || at + 1 == digits.length()) return false;
        char sign = digits.charAt(at + 1);
        int start = sign == '+' || sign == '-' ? at + 2 : at + 1;
        return start < digits.length() && afterDigits(digits, start) == digits.length();
    }

    private static int afterDigits(String digits, int start) {
        int at = start;
        while (at < digits.length() && digits.charAt(at) >= '0' && digits.charAt(at) <= '9') at++;
        return at;
    }
}
