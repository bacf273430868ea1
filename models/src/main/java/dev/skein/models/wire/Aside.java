package dev.skein.models.wire;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Work of somebody else's code on a thread of its own, because nobody knows how it takes an
 * interrupt: interrupted when its caller is, given five seconds, then left behind and named in a
 * warning.
 */
public record Aside(String name, Thread thread) {
    private static final System.Logger LOG = System.getLogger("dev.skein.models");
    private static final Duration GRACE = Duration.ofSeconds(5);

    private sealed interface End<T> {
        record Returned<T>(T value) implements End<T> {}

        record Thrown<T>(RuntimeException why) implements End<T> {}

        record Broken<T>(Error why) implements End<T> {}
    }

    /** Starts it; it must not throw. */
    public static Aside start(String name, Runnable work) {
        return new Aside(name, Thread.ofVirtual().name("skein-model-" + name).start(work));
    }

    /** Waits for its value; throws what it throws. */
    public static <T> T call(String name, Supplier<T> work) throws InterruptedException {
        var ended = new LinkedBlockingQueue<End<T>>(1);
        var aside = start(name, () -> ended.add(end(work)));
        try {
            return switch (ended.take()) {
                case End.Returned<T>(var value) -> value;
                case End.Thrown<T>(var why) -> throw why;
                case End.Broken<T>(var why) -> throw why;
            };
        } catch (InterruptedException e) {
            aside.leave();
            throw e;
        }
    }

    private static <T> End<T> end(Supplier<T> work) {
        try {
            return new End.Returned<>(work.get());
        } catch (RuntimeException e) {
            return new End.Thrown<>(e);
        } catch (Error e) {
            return new End.Broken<>(e);
        }
    }

    /** Nobody waits for it any more. */
    public void leave() throws InterruptedException {
        thread.interrupt();
        if (!thread.join(GRACE)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} was interrupted and did not end; it is left behind in {1}",
                    name,
                    thread.getName());
        }
    }
}
