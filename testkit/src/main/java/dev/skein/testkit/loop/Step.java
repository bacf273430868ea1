package dev.skein.testkit.loop;

/**
 * What the loop does with a socket. An answer is a list of steps; so is every way to spoil one.
 * Arrays are shared between connections and must not be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // written many thousand times a second, never compared
public sealed interface Step {
    /** Writes these bytes. */
    record Bytes(byte[] bytes) implements Step {}

    /** Writes these bytes so many times, without ever holding all of them. */
    record Repeat(byte[] bytes, long times) implements Step {}

    /** Writes {@code size} bytes at a time with a pause after each portion but the last. */
    record Dripped(byte[] bytes, int size, long pauseNanos) implements Step {}

    /** Does nothing for so long. */
    record Pause(long nanos) implements Step {}

    /** Does nothing until the other side goes away. */
    record Hang() implements Step {}

    /**
     * Ends the connection; abruptly means that the other side gets a reset and loses what it has
     * not read.
     */
    record Close(boolean abrupt) implements Step {}

    /** Ends the connection abruptly, stops listening, and refuses whoever connects for so long. */
    record Refuse(long nanos) implements Step {}
}
