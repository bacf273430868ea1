package dev.skein.models.wire;

/** What some models of a provider want otherwise than its others. */
public enum Habit {
    /** It is told how hard to think, never for how many tokens, and may think unasked. */
    THINKS_AS_NEEDED,
    /** It refuses its own thoughts in a conversation that has changed before them. */
    BINDS_THOUGHTS,
    /** It takes tools only together with the word that it is not to reason. */
    ACTS_WITHOUT_REASONING
}
