package dev.skein.tool;

import java.util.Set;

/**
 * How far an agent is trusted: which effects its calls may have without being asked, and at all.
 */
public enum TrustLevel {
    HIGH,
    MEDIUM,
    /** Reads; reads over the network after asking. */
    LOW,
    /** No tools at all. */
    SANDBOX;

    private static final Set<String> GRAVE = Set.of("exec", "irreversible");
    private static final Set<String> OUTSIDE = Set.of("network", "egress");

    /** What this level says of a tool with that effect and those labels. */
    public Decision of(Effect effect, Set<String> labels) {
        boolean grave = effect == Effect.DESTRUCTIVE || labels.stream().anyMatch(GRAVE::contains);
        return switch (this) {
            case HIGH -> Decision.ALLOW;
            case MEDIUM -> grave ? Decision.ASK : Decision.ALLOW;
            case LOW -> low(effect, labels, grave);
            case SANDBOX -> Decision.DENY;
        };
    }

    private static Decision low(Effect effect, Set<String> labels, boolean grave) {
        if (grave || effect != Effect.READ_ONLY) return Decision.DENY;
        return labels.stream().anyMatch(OUTSIDE::contains) ? Decision.ASK : Decision.ALLOW;
    }
}
