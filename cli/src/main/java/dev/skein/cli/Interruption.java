package dev.skein.cli;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Ctrl-C and a polite kill: the first interrupts the thread that works and gives it ten seconds to
 * cancel and close what it opened; the second ends the command at once.
 */
final class Interruption {
    private static final long GRACE_MILLIS = 10_000;
    private static final int SIGNALED = 128;

    private final Thread worker;
    private final Output output;
    private final AtomicInteger code = new AtomicInteger();

    private Interruption(Thread worker, Output output) {
        this.worker = worker;
        this.output = output;
    }

    /** Of a thread that nobody can interrupt. */
    static Interruption none() {
        return new Interruption(Thread.currentThread(), Output.of(Output.Manner.PLAIN));
    }

    /** Of the calling thread, from now on. */
    static Interruption ofThisThread(Output output) {
        var interruption = new Interruption(Thread.currentThread(), output);
        Signal.handle(new Signal("INT"), interruption::interrupted);
        Signal.handle(new Signal("TERM"), interruption::interrupted);
        return interruption;
    }

    boolean asked() {
        return code.get() != 0;
    }

    /** The exit code of a command that would end with that one if nobody had interrupted it. */
    int exit(int otherwise) {
        return asked() ? code.get() : otherwise;
    }

    private void interrupted(Signal signal) {
        int exit = SIGNALED + signal.getNumber();
        if (!code.compareAndSet(0, exit)) Runtime.getRuntime().halt(exit);
        output.note("canceling; a second Ctrl-C ends it at once");
        worker.interrupt();
        try {
            worker.join(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(exit);
    }
}
