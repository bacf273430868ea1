package dev.skein.harness;

import java.util.function.Consumer;

/**
 * A kind of program that can play an agent: how one is started and spoken with. Thread-safe; it
 * keeps nothing of a {@link Seat} that has ended.
 */
public interface Harness {
    /** By which definitions name it, such as {@code link:my-agent}; compared as it is. */
    String id();

    /**
     * Starts one agent and blocks until it can be told something.
     *
     * @param reports gets what the agent does, in order, from {@link Report.Ready} to {@link
     *     Report.Exited}, one at a time; it returns at once and may be called before this method
     *     returns
     * @throws InterruptedException if the caller was interrupted; nothing is left of the agent then
     * @throws dev.skein.failure.SkeinException with {@code harness.start}, {@code harness.missing},
     *     {@code machine.start} or another reason why it is not there; nothing is left of it
     */
    Seat start(Launch launch, Consumer<Report> reports) throws InterruptedException;
}
