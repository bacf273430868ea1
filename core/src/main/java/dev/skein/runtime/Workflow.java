package dev.skein.runtime;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.machine.Image;
import dev.skein.name.NameRule;
import dev.skein.name.Namespace;
import dev.skein.policy.Budget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An ordinary blocking function that owns agents and coordinates them. Whatever it starts is gone
 * when it has ended. Several inputs are one record; no input is {@code Workflow<Void, O>} with
 * {@code call(null)}.
 */
@FunctionalInterface
public interface Workflow<I extends @Nullable Object, O extends @Nullable Object> {
    /**
     * The body. Runs on a virtual thread of its own; its result is the run's result. What it throws
     * is the run's failure: a {@link SkeinException} as it is, anything else as {@code run.threw}.
     */
    O run(Scope scope, I input) throws Exception;

    /**
     * Runs it and waits: nested in the scope that the thread works for, otherwise on a runtime on
     * its defaults that is opened and closed around the call.
     *
     * @throws InterruptedException if the caller was interrupted; the run was canceled and is gone
     * @throws SkeinException with the run's failure
     */
    default O call(I input) throws InterruptedException {
        return Scopes.call(this, input);
    }

    /** Kebab case of the class name, "workflow" for a lambda. */
    default String name() {
        return Scopes.nameOf(getClass());
    }

    default Options options() {
        return Options.none();
    }

    /** The same under other options. */
    default Workflow<I, O> with(Options options) {
        return new Named<>(name(), this, options);
    }

    /**
     * The body under that name.
     *
     * @throws SkeinException with {@code invalid.name}
     */
    static <I extends @Nullable Object, O extends @Nullable Object> Workflow<I, O> named(
            String name, Workflow<I, O> body) {
        return new Named<>(NameRule.checked(name), body, body.options());
    }

    /**
     * How one run of it is bounded and shown.
     *
     * @param timeout from its first entry to its outcome; null: only what is above it limits
     * @param budget null: shares the parent's
     * @param namespace of its sessions; null: private to each run
     * @param image of {@link Scope#machine()}, here and in runs below; null: the one from above
     * @param summary shown by status, at most 2,000 characters
     * @param stopWithin how long the body may take to leave after a cancel; 5 s
     * @param linked its failure fails its parent; false
     */
    record Options(
            @Nullable Duration timeout,
            @Nullable Budget budget,
            @Nullable Namespace namespace,
            @Nullable Image image,
            String summary,
            Duration stopWithin,
            boolean linked) {
        private static final int LONGEST_SUMMARY = 2_000;
        private static final Options NONE =
                new Options(null, null, null, null, "", Duration.ofSeconds(5), false);

        public Options {
            if (timeout != null) positive("timeout", timeout);
            positive("stopWithin", stopWithin);
            if (summary.length() > LONGEST_SUMMARY)
                throw new SkeinException(
                        new Invalid.Call(
                                "A summary has "
                                        + summary.length()
                                        + " characters; it may have 2,000.",
                                "Shorten it."));
        }

        public static Options none() {
            return NONE;
        }

        static Duration positive(String what, Duration duration) {
            if (duration.isPositive()) return duration;
            throw new SkeinException(
                    new Invalid.Call(
                            what + " must be positive, was " + duration + ".",
                            "Give a duration above zero."));
        }

        public Options withTimeout(Duration timeout) {
            return new Options(timeout, budget, namespace, image, summary, stopWithin, linked);
        }

        public Options withBudget(Budget budget) {
            return new Options(timeout, budget, namespace, image, summary, stopWithin, linked);
        }

        public Options withNamespace(Namespace namespace) {
            return new Options(timeout, budget, namespace, image, summary, stopWithin, linked);
        }

        public Options withImage(Image image) {
            return new Options(timeout, budget, namespace, image, summary, stopWithin, linked);
        }

        public Options withSummary(String summary) {
            return new Options(timeout, budget, namespace, image, summary, stopWithin, linked);
        }

        public Options withStopWithin(Duration stopWithin) {
            return new Options(timeout, budget, namespace, image, summary, stopWithin, linked);
        }

        public Options withLinked(boolean linked) {
            return new Options(timeout, budget, namespace, image, summary, stopWithin, linked);
        }
    }
}
