package dev.skein.model;

import dev.skein.json.Json;
import dev.skein.tool.ToolSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to a model.
 *
 * @param id unique per attempt; what a provider may be given as its idempotency key
 * @param tools offered tools, in the order in which they are sent
 * @param outputSchema the JSON Schema that the answer must fit; null for free text
 * @param deadline when the caller gives up
 */
public record ModelCall(
        String id,
        List<Message> messages,
        List<ToolSpec> tools,
        ModelSettings settings,
        @Nullable Json outputSchema,
        Instant deadline) {
    public ModelCall {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    public ModelCall withMessages(List<Message> messages) {
        return new ModelCall(id, messages, tools, settings, outputSchema, deadline);
    }

    public ModelCall withId(String id) {
        return new ModelCall(id, messages, tools, settings, outputSchema, deadline);
    }
}
