package dev.skein.machine;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Drains one stream of a process. On a thread of the platform: a read of a pipe holds the carrier
 * of a virtual thread, and when 256 are held so all virtual threads stand still.
 */
final class Pump implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.skein.machine");
    private static final int CHUNK = 8 << 10;
    private static final long PATIENCE_MILLIS = 200;

    private final InputStream in;
    private final Capture capture;
    private final Runnable tooMuch;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean over;

    private Pump(InputStream in, Capture capture, Runnable tooMuch) {
        this.in = in;
        this.capture = capture;
        this.tooMuch = tooMuch;
    }

    /**
     * @param tooMuch done once, when the stream brings more than may be kept
     */
    static Pump start(InputStream in, Capture capture, Runnable tooMuch) {
        var pump = new Pump(in, capture, tooMuch);
        Thread.ofPlatform().name("skein-pump").daemon().start(pump::drain);
        return pump;
    }

    private void drain() {
        var chunk = new byte[CHUNK];
        try (in) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (capture.take(chunk, read) || over) continue;
                over = true;
                tooMuch.run();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the stream of a process broke", e);
        } finally {
            ended.countDown();
        }
    }

    /** It brought more than may be kept. */
    boolean over() {
        return over;
    }

    /**
     * What it brought. Its process has ended; a pipe that somebody else holds open and into which
     * nothing comes is waited for 200 ms.
     */
    Captured captured(String note) throws InterruptedException {
        long before = -1;
        var seen = capture.captured(note);
        while (seen.bytes() != before && !ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            before = seen.bytes();
            seen = capture.captured(note);
        }
        return capture.captured(note);
    }

    @Override
    public void close() {
        capture.close();
    }
}
