package dev.skein.tool;

import dev.skein.json.Json;

/** The same code under another declaration. */
record Redeclared(ToolSpec spec, Tool tool) implements Tool {
    Redeclared {
        if (tool instanceof Redeclared(_, var inner)) tool = inner;
    }

    @Override
    public ToolOutput call(Json arguments, ToolContext context) throws Exception {
        return tool.call(arguments, context);
    }
}
