package dev.skein.runtime;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.tool.Asking;
import dev.skein.tool.ContextHandler;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolLimits;
import dev.skein.tool.ToolOutput;
import dev.skein.tool.ToolSpec;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tool over a handler, from which callers of the same program get the object itself. */
record RawTool<A>(ToolSpec spec, JsonType<A> type, ContextHandler<A> handler) implements Tool {
    static <A> RawTool<A> of(
            String name, String description, Class<A> arguments, ContextHandler<A> handler) {
        var type = JsonType.of(arguments);
        var limits = ToolLimits.standard().withTimeout(Duration.ofMinutes(10));
        return new RawTool<>(
                new ToolSpec(
                        name,
                        description,
                        type,
                        Effect.WRITE,
                        Set.of(),
                        limits,
                        Asking.UNLESS_AUTO),
                type,
                handler);
    }

    @Nullable Object raw(Json arguments, ToolContext context) throws Exception {
        return switch (type.decodeStrictly(arguments)) {
            case Decoded.Ok<A>(var value, _) -> handler.handle(value, context);
            case Decoded.Bad<A>(var violations) ->
                    throw new SkeinException(
                            new Invalid.Input("Arguments of '" + spec.name() + "'", violations));
        };
    }

    @Override
    public ToolOutput call(Json arguments, ToolContext context) throws Exception {
        return switch (raw(arguments, context)) {
            case null -> new ToolOutput.Text("done");
            case ToolOutput output -> output;
            case String text -> new ToolOutput.Text(text);
            case Json json -> new ToolOutput.Value(json);
            case Object other -> new ToolOutput.Value(JsonType.encodeAny(other));
        };
    }
}
