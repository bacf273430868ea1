package dev.skein.testkit;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Where a wire takes its answers from. */
sealed interface Script {
    /** From the seed and the number of the request. */
    record Usual() implements Script {}

    /** The same, for ever. */
    record Always(Reply reply) implements Script {}

    /** From a function of what was asked. */
    record Made(Function<Seen, Reply> by) implements Script {}

    /** One after the other. */
    final class Listed implements Script {
        private final ConcurrentLinkedDeque<Reply> left = new ConcurrentLinkedDeque<>();
        private final AtomicInteger steps = new AtomicInteger();

        void add(Reply reply) {
            steps.incrementAndGet();
            left.add(reply);
        }

        ConcurrentLinkedDeque<Reply> left() {
            return left;
        }

        int steps() {
            return steps.get();
        }
    }
}
