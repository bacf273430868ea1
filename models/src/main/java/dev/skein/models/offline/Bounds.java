package dev.skein.models.offline;

import dev.skein.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What a schema says of a number, bounds included. */
record Bounds(@Nullable BigDecimal min, @Nullable BigDecimal max, boolean whole) {
    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");

    static Bounds of(Json schema, boolean whole) {
        var step = whole ? BigDecimal.ONE : HUNDREDTH;
        var above = number(schema, "exclusiveMinimum");
        var below = number(schema, "exclusiveMaximum");
        var min = above == null ? number(schema, "minimum") : above.add(step);
        var max = below == null ? number(schema, "maximum") : below.subtract(step);
        return whole
                ? new Bounds(
                        rounded(min, RoundingMode.CEILING), rounded(max, RoundingMode.FLOOR), true)
                : new Bounds(min, max, false);
    }

    /** The least; if there is none, 1 or as much below the greatest as asked. */
    BigDecimal low(int spread) {
        if (min != null) return min;
        if (max == null || max.compareTo(BigDecimal.ONE) >= 0) return BigDecimal.ONE;
        return max.subtract(BigDecimal.valueOf(spread));
    }

    /** The greatest; if there is none, as much above the low as asked. */
    BigDecimal high(BigDecimal low, int spread) {
        return max == null ? low.add(BigDecimal.valueOf(spread)) : max;
    }

    private static @Nullable BigDecimal number(Json schema, String key) {
        return schema.get(key) instanceof Json.Num number ? number.value() : null;
    }

    private static @Nullable BigDecimal rounded(@Nullable BigDecimal value, RoundingMode mode) {
        return value == null ? null : value.setScale(0, mode);
    }
}
