package dev.skein.runtime;

import dev.skein.event.SessionEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The messages that wait for the agent of a live session. */
final class Post {
    private static final int MOST = 1_000;
    private static final long MOST_BYTES = 8L << 20;

    private final String path;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Letter> waiting = new ArrayDeque<>();
    private long bytes;

    Post(String path) {
        this.path = path;
    }

    /** Adds it when it was recorded, so that entries and queue have one order. */
    void add(Letter letter, Runnable record) {
        lock.lock();
        try {
            if (waiting.size() >= MOST || bytes + letter.bytes() > MOST_BYTES)
                throw new SkeinException(
                        new Limit.Load("messages to '" + path + "'", waiting.size()));
            record.run();
            waiting.add(letter);
            bytes += letter.bytes();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What the next turn begins with: all that waits, up to the first question that must be
     * answered as a type; such a question has a turn for itself.
     */
    List<Letter> batch() {
        lock.lock();
        try {
            var batch = new ArrayList<Letter>();
            while (!waiting.isEmpty()) {
                boolean typed = waiting.getFirst().typed() != null;
                if (typed && !batch.isEmpty()) break;
                batch.add(poll());
                if (typed) break;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** What the running turn must hear now. */
    List<Letter> steering() {
        lock.lock();
        try {
            var steering = new ArrayList<Letter>();
            for (var letter : List.copyOf(waiting)) {
                if (letter.typed() != null) break;
                if (letter.mode() == AgentSession.Mode.STEER) steering.add(letter);
            }
            waiting.removeAll(steering);
            steering.forEach(letter -> bytes -= letter.bytes());
            return steering;
        } finally {
            lock.unlock();
        }
    }

    /** In front of all that waits: they must be said again. */
    void back(List<Letter> letters) {
        lock.lock();
        try {
            for (var letter : letters.reversed()) {
                waiting.addFirst(letter);
                bytes += letter.bytes();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing waits any more: of each that did it is said, then it fails. */
    void drop(Failure failure, Consumer<SessionEvent> say) {
        for (var letter : cleared()) {
            say.accept(new SessionEvent.MessageDropped(letter.id(), failure.message()));
            letter.reached(AgentSession.Delivery.DROPPED);
            letter.fail(failure);
        }
    }

    private List<Letter> cleared() {
        lock.lock();
        try {
            var all = List.copyOf(waiting);
            waiting.clear();
            bytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    private Letter poll() {
        var letter = waiting.removeFirst();
        bytes -= letter.bytes();
        return letter;
    }
}
