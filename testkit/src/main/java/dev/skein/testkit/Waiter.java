package dev.skein.testkit;

import java.time.Duration;
import java.util.List;

/**
 * A thread that waits for a {@link ManualClock}.
 *
 * @param left how far the clock must be moved until the thread is woken
 * @param stack where the thread was when it was looked at, innermost frame first
 */
public record Waiter(Thread thread, Duration left, List<StackTraceElement> stack) {
    /** Copies the stack. */
    public Waiter {
        stack = List.copyOf(stack);
    }

    static Waiter of(Thread thread, Duration left) {
        return new Waiter(thread, left, List.of(thread.getStackTrace()));
    }

    /** The thread, what is left, and the stack, a frame a line. */
    @Override
    public String toString() {
        var text = new StringBuilder().append(thread).append(" in ").append(left);
        for (var frame : stack) text.append("\n    at ").append(frame);
        return text.toString();
    }
}
