package dev.skein.tool;

/** Beside what a call of the tool may run. */
public enum Sharing {
    /** Beside its siblings of the same turn. */
    TURN,
    /** With no sibling call. */
    ALONE,
    /** Beside anything, also where a live session or a scope does one thing at a time. */
    ALWAYS
}
