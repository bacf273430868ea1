package dev.skein.models.wire;

import dev.skein.json.Json;
import dev.skein.model.ModelCall;
import dev.skein.tool.ToolSpec;

/**
 * What tools take. Providers want an object without alternatives, so that any other input is asked
 * for in an envelope, and taken out of it before anybody else sees the call.
 */
public final class ToolInput {
    private ToolInput() {}

    /** The schema as providers take it. */
    public static Json schema(ToolSpec tool) {
        var schema = tool.input().schema();
        return Envelope.isNeeded(schema) ? Envelope.schema(schema) : schema;
    }

    /** The arguments that a model wrote for that tool, if it is one of those offered. */
    static Json read(ModelCall call, String tool, String text) {
        var arguments = Arguments.read(text);
        for (var spec : call.tools()) {
            if (spec.name().equals(tool))
                return Envelope.isNeeded(spec.input().schema())
                        ? Envelope.content(arguments)
                        : arguments;
        }
        return arguments;
    }

    /** Arguments as an object, for providers that take no other value. */
    public static Json object(Json arguments) {
        return arguments instanceof Json.Obj ? arguments : Envelope.of(arguments);
    }
}
