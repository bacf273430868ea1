package dev.skein.model;

/** Why a model stopped. The calls in an answer decide what happens next, not this word. */
public enum Finish {
    STOP,
    TOOLS,
    /** Cut off at the limit of output tokens. */
    LENGTH,
    REFUSED,
    OTHER
}
