package dev.skein.policy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/** A wall clock with the monotonic time of this computer. A wake-up is a parked virtual thread. */
record RealTime(InstantSource wall) implements Timekeeper {

    @Override
    public Instant instant() {
        return wall.instant();
    }

    @Override
    public long millis() {
        return wall.millis();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Wake wake(long atNanos, Thread parked) {
        var alarm = Thread.ofVirtual().name("skein-wake").unstarted(() -> ring(atNanos, parked));
        alarm.start();
        return alarm::interrupt;
    }

    private static void ring(long atNanos, Thread parked) {
        for (long left = atNanos - System.nanoTime(); left > 0; ) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            left = atNanos - System.nanoTime();
        }
        LockSupport.unpark(parked);
    }

    /** The same as the wake-up that it stands for, without a second thread. */
    @Override
    public boolean park(long untilNanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        LockSupport.parkNanos(this, untilNanos - System.nanoTime());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return untilNanos - System.nanoTime() > 0;
    }
}
