package dev.skein.tool;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A function that a model may ask for. Thread-safe; never called but through the runtime's gate.
 */
public interface Tool {
    ToolSpec spec();

    /**
     * Carries the call out; may block. Whatever it throws becomes an error result for the model.
     *
     * @param arguments already fit the schema of {@link #spec()}
     */
    ToolOutput call(Json arguments, ToolContext context) throws Exception;

    /** A tool whose arguments are a record. */
    static <A> Tool of(String name, String description, Class<A> arguments, Handler<A> handler) {
        return of(name, description, arguments, (A value, ToolContext _) -> handler.handle(value));
    }

    static <A> Tool of(
            String name, String description, Class<A> arguments, ContextHandler<A> handler) {
        var type = JsonType.of(arguments);
        return new RecordTool<>(RecordTool.spec(name, description, type), type, handler);
    }

    default Tool effect(Effect effect) {
        return new Redeclared(spec().withEffect(effect), this);
    }

    /** Adds labels. */
    default Tool labels(String... labels) {
        var all = new LinkedHashSet<>(spec().labels());
        all.addAll(List.of(labels));
        return new Redeclared(spec().withLabels(Set.copyOf(all)), this);
    }

    default Tool within(Duration timeout) {
        return new Redeclared(spec().withLimits(spec().limits().withTimeout(timeout)), this);
    }

    default Tool ask(Asking rule) {
        return new Redeclared(spec().withAsking(rule), this);
    }

    /** Its code may run several times at once, also where calls are carried out one by one. */
    default Tool parallel() {
        return new Redeclared(spec().withLimits(spec().limits().withSharing(Sharing.ALWAYS)), this);
    }

    /** As an endpoint: only for the program itself, neither shown nor called from outside. */
    default Tool internal() {
        return labels("internal");
    }

    /** No sibling call in its turn. */
    default Tool alone() {
        return new Redeclared(spec().withLimits(spec().limits().withSharing(Sharing.ALONE)), this);
    }
}
