package dev.skein.benchmarks.harness;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Runs of one work, made by many virtual threads, and what they cost. For one use. */
final class Load {
    private static final int MOST_TIMES = 1 << 20;
    private static final int MOST_FAILURES = 1000;
    private static final long PATIENCE_SECONDS = 120;

    private final Work work;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<String> failure = new AtomicReference<>("");
    private final long[] took = new long[MOST_TIMES];
    private long cpu = Self.cpuMicros();
    private long began = System.nanoTime();

    Load(Work work) {
        this.work = work;
    }

    /** Each caller makes one run after another until the time is over. */
    Line loop(int callers, long millis) throws InterruptedException, IOException {
        long end = began + TimeUnit.MILLISECONDS.toNanos(millis);
        var threads = new Thread[callers];
        for (int i = 0; i < callers; i++)
            threads[i] =
                    Thread.ofVirtual()
                            .start(() -> {
                                while (System.nanoTime() < end && failed.get() < MOST_FAILURES)
                                    once(System.nanoTime());
                            });
        for (var thread : threads) thread.join();
        return figures();
    }

    /** All runs at once; a run's time is counted from the beginning of all. */
    Line burst(int runs) throws InterruptedException, IOException {
        start(runs).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return figures().put("unfinished", runs - done.get() - failed.get());
    }

    /** As a burst, and looks at the heap when that time is over and all runs wait for the model. */
    Line hold(int runs, long millis) throws InterruptedException, IOException {
        long before = Self.liveBytes();
        var ended = start(runs);
        boolean early = ended.await(millis, TimeUnit.MILLISECONDS);
        long held = Self.liveBytes() - before;
        int waiting = early ? 0 : runs - done.get() - failed.get();
        ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return figures().put("waiting", waiting).put("heldBytes", held);
    }

    /** One after another, without a look at the clock. */
    Line series(int runs) throws IOException {
        for (int i = 0; i < runs; i++) once(System.nanoTime());
        return figures().put("liveBytes", Self.liveBytes());
    }

    private CountDownLatch start(int runs) {
        var ended = new CountDownLatch(runs);
        cpu = Self.cpuMicros();
        began = System.nanoTime();
        for (int i = 0; i < runs; i++)
            Thread.ofVirtual()
                    .start(() -> {
                        once(began);
                        ended.countDown();
                    });
        return ended;
    }

    private void once(long since) {
        try {
            work.run().checked();
            int index = done.getAndIncrement();
            if (index < MOST_TIMES) took[index] = System.nanoTime() - since;
        } catch (Exception e) {
            failed.incrementAndGet();
            failure.compareAndSet("", story(e));
        }
    }

    private static String story(Throwable thrown) {
        var cause = thrown.getCause();
        return cause == null ? thrown.toString() : thrown + ", because " + story(cause);
    }

    private Line figures() throws IOException {
        long wall = System.nanoTime() - began;
        long used = Self.cpuMicros() - cpu;
        int timed = Math.min(done.get(), MOST_TIMES);
        Arrays.sort(took, 0, timed);
        return new Line()
                .put("runs", done.get())
                .put("failed", failed.get())
                .put("failure", failure.get())
                .put("wallMicros", TimeUnit.NANOSECONDS.toMicros(wall))
                .put("cpuMicros", used)
                .put("p50Micros", at(timed, 50))
                .put("p99Micros", at(timed, 99))
                .put("peakKib", Self.status("VmHWM"))
                .put("threads", Self.status("Threads"));
    }

    private long at(int timed, int percent) {
        return timed == 0
                ? 0
                : TimeUnit.NANOSECONDS.toMicros(took[(int) ((timed - 1L) * percent / 100)]);
    }
}
