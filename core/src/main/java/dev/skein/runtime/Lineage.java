package dev.skein.runtime;

import java.util.Optional;
import java.util.concurrent.Callable;

/** Which run the current thread works for. A scoped value: bound for a piece of work, never set. */
final class Lineage {
    private static final ScopedValue<LiveRun<?>> CURRENT = ScopedValue.newInstance();

    private Lineage() {}

    /** The run that this thread works for, if it is one of that runtime. */
    static Optional<LiveRun<?>> current(AgentRuntime runtime) {
        return CURRENT.isBound() && CURRENT.get().belongsTo(runtime)
                ? Optional.of(CURRENT.get())
                : Optional.empty();
    }

    static <T, X extends Throwable> T within(LiveRun<?> run, ScopedValue.CallableOp<T, X> work)
            throws X {
        return ScopedValue.where(CURRENT, run).call(work);
    }

    /** The work, with this run bound and its carriers around it, for any thread. */
    static <T> Callable<T> bind(LiveRun<?> run, Callable<T> work) {
        return () -> within(run, () -> run.ambience().around(work));
    }
}
