package dev.skein.policy;

/**
 * Bounds of a tree of runs.
 *
 * @param depth runs that models asked for, one below the other; 4
 * @param children that models may ask for in one run; 20
 * @param descendants that models may ask for below one root; 200
 * @param cycles true lifts the rule against the same agent with the same task above itself; code
 *     only
 */
public record DelegationLimits(int depth, int children, int descendants, boolean cycles) {
    private static final DelegationLimits STANDARD = new DelegationLimits(4, 20, 200, false);

    public DelegationLimits {
        if (depth < 0 || children < 0 || descendants < 0)
            throw new IllegalArgumentException("limits of delegation are not negative");
    }

    public static DelegationLimits standard() {
        return STANDARD;
    }
}
