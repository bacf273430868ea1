package dev.skein.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are those of one run, in order, and the content that they refer to. Guarded by the
 * journal's lock.
 *
 * <p>It has their numbers, not the entries: who forgets a run need not look at what it forgets,
 * which nobody has looked at for long.
 */
final class RunLog {
    private final String run;
    private final ArrayList<Content> contents = new ArrayList<>(4);
    private long[] seqs = new long[12];
    private int size;
    private boolean ended;
    private @Nullable Origin origin;
    private @Nullable Condition grown;
    private int waiting;

    RunLog(String run) {
        this.run = run;
    }

    /** Of its first entry; there is one. */
    Origin origin() {
        if (origin == null) throw new IllegalStateException("run " + run + " has no entry");
        return origin;
    }

    /** Waits until the run has one more entry; returns what is left of the time. */
    @SuppressWarnings("WaitNotInLoop") // who calls it looks again
    long await(ReentrantLock lock, long nanos) throws InterruptedException {
        if (grown == null) grown = lock.newCondition();
        waiting++;
        try {
            return grown.awaitNanos(nanos);
        } finally {
            waiting--;
        }
    }

    void wake() {
        if (waiting > 0 && grown != null) grown.signalAll();
    }

    String run() {
        return run;
    }

    int size() {
        return size;
    }

    void add(Entry entry) {
        if (size == seqs.length) seqs = Arrays.copyOf(seqs, size * 2);
        if (origin == null) origin = entry.origin();
        seqs[size++] = entry.seq();
        if (entry.event() instanceof RunEvent.RunEnded) ended = true;
    }

    /** The number in the whole journal of the entry that has this index in the run. */
    long seq(int index) {
        return seqs[index];
    }

    void use(Content content) {
        if (content.usedBy(run)) contents.add(content);
    }

    /** Every use is to be given back once. */
    List<Content> contents() {
        return contents;
    }

    boolean ended() {
        return ended;
    }
}
