package dev.skein.runtime;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A message to a live session, on its way; one that asks also waits for what is answered. */
final class Letter implements AgentSession.Sent {
    private final String id;
    private final String from;
    private final String text;
    private final AgentSession.Mode mode;
    private final @Nullable Class<?> asked;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private AgentSession.Delivery delivery = AgentSession.Delivery.DELIVERED;
    private @Nullable Object answer;
    private @Nullable Failure failure;
    private boolean answered;

    /**
     * What is sent.
     *
     * @param asked what must be answered; null: it is no question
     */
    record Content(String from, String text, AgentSession.Mode mode, @Nullable Class<?> asked) {}

    Letter(String id, Content content) {
        this.id = id;
        this.from = content.from();
        this.text = content.text();
        this.mode = content.mode();
        this.asked = content.asked();
    }

    @Override
    public String id() {
        return id;
    }

    String from() {
        return from;
    }

    String text() {
        return text;
    }

    AgentSession.Mode mode() {
        return mode;
    }

    int bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The type of the value that must be answered; null: text, or nothing. */
    @Nullable Class<?> typed() {
        return asked == null || asked.equals(String.class) ? null : asked;
    }

    @Override
    public AgentSession.Delivery delivery() {
        lock.lock();
        try {
            return delivery;
        } finally {
            lock.unlock();
        }
    }

    void reached(AgentSession.Delivery next) {
        lock.lock();
        try {
            delivery = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void answer(@Nullable Object value) {
        settle(value, null);
    }

    void fail(Failure why) {
        settle(null, why);
    }

    private void settle(@Nullable Object value, @Nullable Failure why) {
        lock.lock();
        try {
            if (answered) return;
            answered = true;
            answer = value;
            failure = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(AgentSession.Delivery at, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (delivery.compareTo(at) < 0 && left > 0) left = changed.awaitNanos(left);
            return delivery.compareTo(at) >= 0
                    && (delivery != AgentSession.Delivery.DROPPED
                            || at == AgentSession.Delivery.DROPPED);
        } finally {
            lock.unlock();
        }
    }

    /** Empty-handed if the time passed: false. */
    boolean awaitAnswer(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!answered && left > 0) left = changed.awaitNanos(left);
            return answered;
        } finally {
            lock.unlock();
        }
    }

    /** What was answered; only after {@link #awaitAnswer} said so. */
    @Nullable Object answered() {
        lock.lock();
        try {
            if (failure != null) throw new SkeinException(failure);
            return answer;
        } finally {
            lock.unlock();
        }
    }
}
