package dev.skein.runtime;

import dev.skein.event.Origin;
import dev.skein.event.Trace;
import dev.skein.name.Namespace;
import dev.skein.policy.Budget;
import dev.skein.policy.RunLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run gets from its agent, its task and its parent when it is made. */
final class Births {
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    private Births() {}

    static Origin origin(Engine engine, LiveRun.Birth<?> birth) {
        var parent = birth.parent();
        var name = birth.target().name();
        var span = engine.ids().hex(SPAN_DIGITS);
        if (parent == null) {
            var trace = new Trace(engine.ids().hex(TRACE_DIGITS), span);
            return new Origin(
                    birth.id(),
                    birth.id(),
                    null,
                    name,
                    namespace(birth, Namespace.standard()),
                    birth.target().as(),
                    trace);
        }
        var above = parent.origin();
        var trace = new Trace(above.trace().traceId(), span);
        return new Origin(
                birth.id(),
                above.root(),
                above.run(),
                name,
                namespace(birth, above.namespace()),
                above.path() + "/" + birth.target().as(),
                trace);
    }

    static RunLimits limits(Engine engine, LiveRun.Birth<?> birth) {
        return switch (birth.target()) {
            case Target.OfAgent<?> agent ->
                    engine.config()
                            .limits()
                            .with(agent.rules().limits())
                            .with(agent.task().limits());
            case Target.OfWorkflow<?, ?> _ -> engine.config().limits();
        };
    }

    /**
     * How long the run may take; null: as long as what is above it. A turn of a live session, whose
     * handlers may wait, has only what its agent says.
     */
    static @Nullable Duration time(LiveRun.Birth<?> birth, RunLimits limits) {
        return switch (birth.target()) {
            case Target.OfAgent<?> agent ->
                    birth.circumstances().desk() == null
                            ? limits.deadline()
                            : agent.rules().limits().deadline();
            case Target.OfWorkflow<?, ?> flow -> flow.workflow().options().timeout();
        };
    }

    static Account account(Engine engine, LiveRun.Birth<?> birth) {
        var parent = birth.parent();
        var above = parent == null ? engine.account() : parent.account();
        var budget = birth.target().rules().budget();
        if (budget == null)
            return parent == null && !above.limited()
                    ? above
                    : new Account(birth.id(), above, Budget.unlimited());
        return new Account(
                "run " + birth.id() + " of '" + birth.target().name() + "'", above, budget);
    }

    static Ambience ambience(Engine engine, LiveRun.Birth<?> birth, Origin origin) {
        Map<String, String> logged = LinkedHashMap.newLinkedHashMap(4);
        logged.put("skein.run", origin.run());
        logged.put("skein.root", origin.root());
        logged.put("skein.agent", origin.agent());
        logged.put("skein.namespace", origin.namespace().key());
        return new Ambience(logged, Ambience.capture(engine.config().ports().carriers()));
    }

    private static Namespace namespace(LiveRun.Birth<?> birth, Namespace otherwise) {
        var own = birth.target().namespace();
        return own == null ? otherwise : own;
    }
}
