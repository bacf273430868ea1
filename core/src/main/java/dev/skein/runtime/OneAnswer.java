package dev.skein.runtime;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.tool.Asking;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolLimits;
import dev.skein.tool.ToolOutput;
import dev.skein.tool.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A tool by which an agent that thinks elsewhere gives a value of a type. What is no object itself
 * is the tool's one argument, {@code result}.
 */
final class OneAnswer<O> implements Tool {
    private static final String ARGUMENT = "result";

    private final ToolSpec spec;
    private final JsonType<O> type;
    private final boolean bare;
    private final Predicate<O> taken;

    /**
     * Such a tool.
     *
     * @param taken gets each value that fits; false: it came too late
     */
    OneAnswer(String name, String description, JsonType<O> type, Predicate<O> taken) {
        this.type = type;
        this.bare = type.schema().get("type").equals(Json.of("object"));
        this.taken = taken;
        this.spec =
                new ToolSpec(
                        name,
                        description,
                        bare ? type : JsonType.schema(wrapped(type.schema())),
                        Effect.READ_ONLY,
                        Set.of(),
                        ToolLimits.standard(),
                        Asking.NEVER);
    }

    private static Json wrapped(Json schema) {
        var inner = new LinkedHashMap<>(schema.fields());
        var definitions = inner.remove("$defs");
        var outer = new LinkedHashMap<String, Json>();
        outer.put("type", Json.of("object"));
        outer.put("properties", Json.of(Map.of(ARGUMENT, new Json.Obj(inner))));
        outer.put("required", Json.array(List.of(ARGUMENT)));
        outer.put("additionalProperties", Json.of(false));
        if (definitions != null) outer.put("$defs", definitions);
        return new Json.Obj(outer);
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public ToolOutput call(Json arguments, ToolContext context) {
        var json = bare ? arguments : arguments.get(ARGUMENT);
        return switch (type.decodeStrictly(json)) {
            case Decoded.Ok<O>(var value, _) ->
                    new ToolOutput.Text(taken.test(value) ? "noted" : "too late");
            case Decoded.Bad<O>(var violations) ->
                    throw new SkeinException(
                            new Invalid.Input("Arguments of '" + spec.name() + "'", violations));
        };
    }
}
