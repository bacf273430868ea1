package dev.skein.session;

/** What a store's acknowledged changes survive. */
public enum Durability {
    /** The loss of power: each change is on the disk before the store says that it has it. */
    POWER,

    /** {@code kill -9} of the process, but not the loss of power: the system writes later. */
    PROCESS
}
