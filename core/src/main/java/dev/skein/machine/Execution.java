package dev.skein.machine;

import dev.skein.machine.ExecResult.Ended;
import dev.skein.policy.Timekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command that is waited for: fed, drained, and ended when its time is over. */
final class Execution implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.skein.machine");
    private static final Timekeeper TIME = Timekeeper.system();

    private final Running running;
    private final Exec exec;
    private final Pump out;
    private final Pump err;
    private final long began = TIME.nanos();

    Execution(Running running, Exec exec, Capture.Spill spill) {
        this.running = running;
        this.exec = exec;
        var process = running.process();
        Runnable kill = process::destroyForcibly;
        this.out = Pump.start(process.getInputStream(), new Capture(exec.cap(), spill), kill);
        this.err = Pump.start(process.getErrorStream(), new Capture(exec.cap(), spill), kill);
    }

    /** Returns or throws when nothing of it is left. */
    ExecResult result() throws InterruptedException {
        var process = running.process();
        boolean inTime;
        try {
            if (exec.input().length > 0)
                Thread.ofPlatform().name("skein-feed").daemon().start(this::feed);
            inTime = process.waitFor(exec.limit().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            running.end();
        }
        var note = inTime || over() ? "" : "[ended after " + seconds(exec.limit()) + " s]";
        var said = out.captured("");
        var complained = err.captured(note);
        var took = Duration.ofNanos(TIME.nanos() - began);
        if (over())
            return new ExecResult(
                    ExecResult.OUTPUT_LIMIT, Ended.OUTPUT_LIMIT, said, complained, took);
        if (!inTime)
            return new ExecResult(ExecResult.TIMED_OUT, Ended.TIMED_OUT, said, complained, took);
        int exit = process.exitValue();
        return new ExecResult(exit, ExecResult.ended(exit), said, complained, took);
    }

    private boolean over() {
        return out.over() || err.over();
    }

    private void feed() {
        try (var in = running.process().getOutputStream()) {
            in.write(exec.input());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a command did not read all of its input", e);
        }
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0
                ? Long.toString(limit.toSeconds())
                : Double.toString(limit.toMillis() / 1000.0);
    }

    @Override
    public void close() {
        out.close();
        err.close();
    }
}
