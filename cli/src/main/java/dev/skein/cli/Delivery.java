package dev.skein.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees to it that no program loses what it printed without a word: Java's standard output swallows
 * its errors. Tells of it once.
 */
final class Delivery {
    private final Output output;
    private final AtomicBoolean told = new AtomicBoolean();

    Delivery(Output output) {
        this.output = output;
    }

    /**
     * Looks once more when the JVM ends, for programs that end it themselves or leave threads
     * behind. Their exit code is their own.
     */
    static Delivery ofProcess(Output output) {
        var delivery = new Delivery(output);
        Runtime.getRuntime().addShutdownHook(new Thread(delivery::look, "skein-output"));
        return delivery;
    }

    /** The exit code of a program that returned. */
    int exit() {
        return look() ? ExitCode.FAILED : ExitCode.COMPLETED;
    }

    private boolean look() {
        boolean lost = output.lost();
        if (lost && told.compareAndSet(false, true)) output.tellLost();
        return lost;
    }
}
