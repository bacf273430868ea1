package dev.skein.tool;

/** When a person or program is asked before a call. */
public enum Asking {
    /** Lifts an ask that only the trust level makes. */
    NEVER,
    /** Adds nothing; a session that approves by itself answers yes. */
    UNLESS_AUTO,
    ALWAYS
}
