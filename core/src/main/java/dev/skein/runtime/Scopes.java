package dev.skein.runtime;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Which scope the current thread works for, whose handler it carries out, and who asked for it. */
final class Scopes {
    private static final ScopedValue<LiveScope> CURRENT = ScopedValue.newInstance();
    private static final ScopedValue<Waits.Busy> BUSY = ScopedValue.newInstance();
    private static final ScopedValue<String> OUTSIDER = ScopedValue.newInstance();

    private Scopes() {}

    static Optional<Scope> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** The scope that this thread works for, if it is one of that runtime. */
    static @Nullable LiveScope of(AgentRuntime runtime) {
        return CURRENT.isBound() && CURRENT.get().run().belongsTo(runtime) ? CURRENT.get() : null;
    }

    /** Whose handler this thread carries out; null: nobody's. */
    static Waits.@Nullable Busy busy() {
        return BUSY.isBound() ? BUSY.get() : null;
    }

    /** The work as a part of that scope. */
    static <T> T within(LiveScope scope, Callable<T> work) throws Exception {
        return ScopedValue.where(CURRENT, scope).call(work::call);
    }

    /** The work as a handler of that scope, for one that does a thing at a time. */
    static <T> T serving(LiveScope scope, Waits.Busy busy, Callable<T> work) throws Exception {
        return ScopedValue.where(CURRENT, scope).where(BUSY, busy).call(work::call);
    }

    /** The work, seen as part of what that handler does. */
    static <T> T onBehalf(Waits.@Nullable Busy busy, Callable<T> work) throws Exception {
        return busy == null ? work.call() : ScopedValue.where(BUSY, busy).call(work::call);
    }

    static <T> T external(String tag, Callable<T> work) throws Exception {
        return ScopedValue.where(OUTSIDER, "external:" + tag).call(work::call);
    }

    /** Somebody outside of the program asks. */
    static boolean outsider() {
        return OUTSIDER.isBound();
    }

    /** Who asks, as entries name it. */
    static String caller(AgentRuntime runtime) {
        if (OUTSIDER.isBound()) return OUTSIDER.get();
        var run = Lineage.current(runtime).orElse(null);
        if (run == null) return "external:program";
        return (run.desk() == null ? "run:" : "session:") + run.origin().path();
    }

    static <I extends @Nullable Object, O extends @Nullable Object> O call(
            Workflow<I, O> workflow, I input) throws InterruptedException {
        if (CURRENT.isBound()) return CURRENT.get().run(workflow, input);
        try (var runtime = AgentRuntime.open()) {
            return runtime.run(workflow, input).orThrow();
        }
    }

    /** Kebab case of a class's name; lambdas have none of their own. */
    static String nameOf(Class<?> type) {
        var simple = type.getSimpleName();
        if (type.isHidden() || simple.isEmpty()) return "workflow";
        return simple.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
