package dev.skein.harnesses.link;

import dev.skein.harness.Launch;
import dev.skein.machine.Exec;
import dev.skein.machine.ExecResult;
import dev.skein.machine.LiveExec;
import dev.skein.machine.LocalImage;
import dev.skein.machine.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The process of an agent, in a machine of its own unless its session has one. */
final class Program implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.skein.harnesses");
    private static final Duration EVER = Duration.ofDays(10_000);
    private static final long LAST_WORDS_MILLIS = 200;
    private static final int SIGNALS = 128;

    private final @Nullable Machine own;
    private final LiveExec exec;
    private final LastLines printed = new LastLines();
    private final CountDownLatch silent = new CountDownLatch(2);
    private final CountDownLatch gone = new CountDownLatch(1);

    private Program(@Nullable Machine own, LiveExec exec) {
        this.own = own;
        this.exec = exec;
    }

    /**
     * How it ended.
     *
     * @param said what it printed last
     */
    record Exit(@Nullable Integer code, @Nullable Integer signal, String said) {
        String how() {
            var end = signal == null ? "exit " + code : "signal " + signal;
            return said.isEmpty() ? end : end + ", it said last:\n" + said;
        }
    }

    /** Starts it on the machine that it is given, else in that directory. */
    static Program start(Launch launch, LocalImage otherwise, Exec exec)
            throws InterruptedException {
        var given = launch.machine();
        var machine = given == null ? otherwise.spawn(launch.place()) : given;
        try {
            var program = new Program(given == null ? machine : null, machine.start(exec));
            program.drain();
            return program;
        } catch (InterruptedException | RuntimeException e) {
            if (given == null) machine.close();
            throw e;
        }
    }

    /** Reads of pipes hold threads of the platform, so they get their own. Its input is empty. */
    private void drain() {
        try {
            exec.in().close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "an agent closed its input first", e);
        }
        var threads = Thread.ofPlatform().name("skein-link-output").daemon();
        threads.start(() -> drain(exec.out()));
        threads.start(() -> drain(exec.err()));
    }

    private void drain(InputStream stream) {
        var chunk = new byte[8 << 10];
        try (stream) {
            for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk))
                printed.add(chunk, read);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "what an agent printed broke off", e);
        } finally {
            silent.countDown();
        }
    }

    /** Waits for its end; what it left running is ended too. */
    Exit exit() throws InterruptedException {
        var result = exec.await(EVER);
        gone.countDown();
        if (!silent.await(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS))
            LOG.log(Level.DEBUG, "somebody holds the output of an agent open");
        return result.ended() == ExecResult.Ended.SIGNALED
                ? new Exit(null, result.exit() - SIGNALS, printed.text())
                : new Exit(result.exit(), null, printed.text());
    }

    /** Waits so long for its end. */
    void await(Duration limit) throws InterruptedException {
        boolean ended = gone.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (!ended) LOG.log(Level.DEBUG, "an agent does not leave by itself");
    }

    /** Ends it with all that it started, and waits for that. */
    @Override
    public void close() {
        exec.close();
        if (own != null) own.close();
    }
}
