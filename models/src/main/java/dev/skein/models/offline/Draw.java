package dev.skein.models.offline;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;

/**
 * Chooses what a schema leaves open. The first variants go where constructors are most often
 * content: numbers that rise from field to field, numbers that fall, as little as possible, as much
 * as possible. The others are random. The same seed and variant choose the same.
 */
final class Draw {
    static final int VARIANTS = 20;
    private static final int RISING = 0;
    private static final int FALLING = 1;
    private static final int LEAST = 2;
    private static final int MOST = 3;
    private static final int STEPS = 40;
    private static final int SPREAD = 100;
    private static final int YEAR = 365;
    private static final BigDecimal MANY = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final int variant;
    private final SplittableRandom random;
    private int step;

    Draw(long seed, int variant) {
        this.variant = variant;
        this.random = new SplittableRandom(seed + variant);
    }

    /** One that goes its own, random way. */
    Draw another() {
        return new Draw(random.nextLong(), MOST + 1);
    }

    /** Whether something that may be absent is there. */
    boolean present() {
        return variant != LEAST && (variant <= MOST || random.nextInt(4) > 0);
    }

    boolean truth() {
        return variant == RISING || (variant != LEAST && random.nextBoolean());
    }

    /** One of so many. */
    int one(int of) {
        return random.nextInt(of);
    }

    /** A number of things between the bounds, not many more than needed. */
    int count(int min, int max) {
        int some = Math.max(min, Math.min(max, 1));
        return switch (variant) {
            case RISING, FALLING -> some;
            case LEAST -> min;
            case MOST -> (int) Math.min(max, min + 3L);
            default -> (int) Math.min(max, min + (long) random.nextInt(4));
        };
    }

    /** Counts up from 1, to tell things apart. */
    int next() {
        return ++step;
    }

    /** How many days after the first one, in the same order as numbers. */
    int day() {
        return switch (variant) {
            case RISING -> next();
            case FALLING -> YEAR - next();
            case LEAST -> 0;
            case MOST -> YEAR;
            default -> random.nextInt(YEAR);
        };
    }

    /** A number between the bounds, or near what is plain if there are none. */
    BigDecimal number(Bounds bounds) {
        var low = bounds.low(SPREAD);
        var high = bounds.high(low, SPREAD);
        if (variant == LEAST) return low;
        if (variant == MOST) return high;
        if (variant == RISING && bounds.whole())
            return low.add(BigDecimal.valueOf(next() - 1L)).min(high);
        var width = high.subtract(low);
        if (variant > MOST && bounds.whole() && width.compareTo(MANY) < 0)
            return low.add(BigDecimal.valueOf(random.nextLong(width.longValueExact() + 1)));
        return low.add(width.multiply(BigDecimal.valueOf(place()), MathContext.DECIMAL64));
    }

    /** Where between the bounds: 0 to 1, in hundredths. */
    private double place() {
        double share = Math.min(next(), STEPS) / (2.0 * STEPS);
        return switch (variant) {
            case RISING -> hundredths(0.5 + share);
            case FALLING -> hundredths(0.5 - share);
            case LEAST -> 0;
            case MOST -> 1;
            default -> hundredths(random.nextDouble());
        };
    }

    private static double hundredths(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN).doubleValue();
    }
}
