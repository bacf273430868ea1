package dev.skein.tool;

import dev.skein.json.Json;

/**
 * A model's wish to have a tool called.
 *
 * @param id unique in its message; empty when the provider sent none, before the runtime gives it
 *     one
 * @param arguments what the model wrote; {@link Json.Text} of the raw text when that was no JSON
 */
public record ToolCall(String id, String name, Json arguments) {
    public ToolCall withId(String id) {
        return new ToolCall(id, name, arguments);
    }

    public ToolCall withArguments(Json arguments) {
        return new ToolCall(id, name, arguments);
    }
}
