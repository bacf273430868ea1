package dev.skein.testkit;

import dev.skein.model.Usage;
import dev.skein.testkit.loop.Answer;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a server writes down: sums for ever, requests as far as wanted. Written by the loop, read by
 * anybody.
 */
final class Books {
    private static final int MOST_KEPT = 10_000;

    private final LongAdder asked = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final LongAdder input = new LongAdder();
    private final LongAdder output = new LongAdder();
    private final ConcurrentLinkedDeque<Seen> seen = new ConcurrentLinkedDeque<>();
    private int kept;
    private volatile boolean recording = true;

    void asked() {
        asked.increment();
    }

    void saw(Seen request) {
        if (recording) {
            seen.add(request);
            kept++;
            if (kept > MOST_KEPT) {
                seen.poll();
                kept--;
            }
        }
    }

    void record(boolean on) {
        recording = on;
    }

    boolean isRecording() {
        return recording;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    Ledger ledger(int open, int mostOpen) {
        return new Ledger(
                asked.sum(), answered.sum(), cut.sum(), input.sum(), output.sum(), open, mostOpen);
    }

    /**
     * Hears how an answer went, and counts it.
     *
     * @param tokens what it told of tokens
     * @param meantWhole whether its last step is the end of a whole answer
     * @param unused what to do if it did not go out whole
     */
    Answer.Fate fate(Usage tokens, boolean meantWhole, Runnable unused) {
        return new Answer.Fate() {
            @Override
            public void delivered() {
                if (!meantWhole) {
                    cut();
                    return;
                }
                input.add(tokens.input());
                output.add(tokens.output());
                answered.increment(); // last: who sees it has the tokens too
            }

            @Override
            public void cut() {
                cut.increment();
                unused.run();
            }
        };
    }
}
