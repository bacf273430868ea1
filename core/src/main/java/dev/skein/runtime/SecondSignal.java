package dev.skein.runtime;

import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * From its making until it is closed an INT or TERM ends the Java machine at once, with 128 and the
 * signal's number. Made when the machine is ending already: it would let further signals wait for
 * all that is to be done before. Until then signals are the program's own affair, and what handled
 * them before handles them afterwards.
 */
final class SecondSignal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.skein.runtime");
    private static final List<String> NAMES = List.of("INT", "TERM");
    private static final int SIGNALED = 128;

    /** Who signals a process and its group, as {@code timeout} does, means it once. */
    private static final Duration SAME = Duration.ofMillis(250);

    private final Timekeeper time = Timekeeper.system();
    private final long made = time.nanos();
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    SecondSignal() {
        for (var name : NAMES) listen(new Signal(name));
    }

    private void listen(Signal signal) {
        try {
            before.put(signal, Signal.handle(signal, this::came));
        } catch (IllegalArgumentException e) {
            // The machine was started with -Xrs: signals are not for Java.
            LOG.log(System.Logger.Level.DEBUG, signal + " is left to others", e);
        }
    }

    private void came(Signal signal) {
        if (time.nanos() - made > SAME.toNanos())
            Runtime.getRuntime().halt(SIGNALED + signal.getNumber());
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
