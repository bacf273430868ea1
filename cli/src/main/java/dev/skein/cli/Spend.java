package dev.skein.cli;

import dev.skein.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** What a run has cost, as a runtime says it: {@code {"usd":0.41,"atLeast":false}}. */
record Spend(Json cost) {
    @Override
    public String toString() {
        for (var field : cost.fields().entrySet())
            if (field.getValue() instanceof Json.Num number)
                return (cost.get("atLeast").asBoolean(false) ? "≥ " : "")
                        + amount(number.value(), field.getKey());
        return "-";
    }

    private static String amount(BigDecimal amount, String currency) {
        // Cents say enough, unless there is less than one of them.
        boolean small = amount.signum() > 0 && amount.compareTo(new BigDecimal("0.01")) < 0;
        var shown = amount.setScale(small ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
        return currency.equals("usd")
                ? "$" + shown
                : shown + " " + currency.toUpperCase(Locale.ROOT);
    }
}
