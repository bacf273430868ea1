package dev.skein.machine;

import dev.skein.machine.ExecResult.Ended;
import dev.skein.policy.Timekeeper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A command that is talked to; a thread of its own sees to what it leaves behind. */
final class Talking implements LiveExec {
    private static final System.Logger LOG = System.getLogger("dev.skein.machine");
    private static final Timekeeper TIME = Timekeeper.system();

    private final Running running;
    private final Runnable gone;
    private final long began = TIME.nanos();
    private final CountDownLatch over = new CountDownLatch(1);

    private Talking(Running running, Runnable gone) {
        this.running = running;
        this.gone = gone;
    }

    /**
     * @param gone done when nothing of it is left
     */
    static Talking start(Running running, Runnable gone) {
        var talking = new Talking(running, gone);
        Thread.ofVirtual().name("skein-exec").start(talking::mind);
        return talking;
    }

    private void mind() {
        try {
            running.process().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            running.end();
            gone.run();
            over.countDown();
        }
    }

    @Override
    public OutputStream in() {
        return running.process().getOutputStream();
    }

    @Override
    public InputStream out() {
        return running.process().getInputStream();
    }

    @Override
    public InputStream err() {
        return running.process().getErrorStream();
    }

    @Override
    public long pid() {
        return running.process().pid();
    }

    @Override
    public ExecResult await(Duration limit) throws InterruptedException {
        boolean inTime = over.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (!inTime) {
            running.end();
            over.await();
        }
        int exit = inTime ? running.process().exitValue() : ExecResult.TIMED_OUT;
        var ended = inTime ? ExecResult.ended(exit) : Ended.TIMED_OUT;
        var took = Duration.ofNanos(TIME.nanos() - began);
        return new ExecResult(exit, ended, Captured.NOTHING, Captured.NOTHING, took);
    }

    @Override
    public void close() {
        running.end();
        try (var _ = in();
                var _ = out();
                var _ = err()) {
            LOG.log(System.Logger.Level.DEBUG, "closes the streams of process " + pid());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the stream of a process broke", e);
        }
    }
}
