package dev.skein.tool;

/**
 * May a call be repeated, may it destroy? One per tool; {@link #WRITE} unless declared. After a
 * crash the first two run again with the same key, the others may have happened.
 */
public enum Effect {
    READ_ONLY,
    IDEMPOTENT,
    WRITE,
    DESTRUCTIVE;

    public boolean repeatable() {
        return this == READ_ONLY || this == IDEMPOTENT;
    }
}
