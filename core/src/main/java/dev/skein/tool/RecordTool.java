package dev.skein.tool;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tool over a Java function whose arguments are one typed value. */
record RecordTool<A>(ToolSpec spec, JsonType<A> type, ContextHandler<A> handler) implements Tool {
    static ToolSpec spec(String name, String description, JsonType<?> input) {
        return new ToolSpec(
                name,
                description,
                input,
                Effect.WRITE,
                Set.of(),
                ToolLimits.standard(),
                Asking.UNLESS_AUTO);
    }

    @Override
    public ToolOutput call(Json arguments, ToolContext context) throws Exception {
        return switch (type.decodeStrictly(arguments)) {
            case Decoded.Ok<A>(var value, _) -> output(handler.handle(value, context));
            case Decoded.Bad<A>(var violations) ->
                    throw new SkeinException(
                            new Invalid.Input(
                                    "Arguments of tool '" + spec.name() + "'", violations));
        };
    }

    static ToolOutput output(@Nullable Object returned) {
        return switch (returned) {
            case null -> new ToolOutput.Text("done");
            case ToolOutput output -> output;
            case String text -> new ToolOutput.Text(text);
            case Json json -> new ToolOutput.Value(json);
            default -> new ToolOutput.Value(JsonType.encodeAny(returned));
        };
    }
}
