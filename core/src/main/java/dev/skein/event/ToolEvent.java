package dev.skein.event;

import dev.skein.failure.Failure;
import dev.skein.json.Json;
import dev.skein.model.ProviderTool;
import dev.skein.tool.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The life of a tool call: asked for, then refused, or started and returned. */
public sealed interface ToolEvent extends Event {
    /**
     * A call was asked for.
     *
     * @param source who asked: {@code model}, or the name of another way in
     */
    record ToolCalled(String call, String tool, Ref arguments, Effect effect, String source)
            implements ToolEvent {}

    /**
     * The gate said no.
     *
     * @param rule the stage of the gate that said no
     */
    record ToolRefused(String call, String tool, String rule, Failure failure)
            implements ToolEvent {}

    record ToolStarted(String call, String key, int attempt) implements ToolEvent {}

    record ToolProgressed(String call, Ref text) implements ToolEvent {}

    record ToolReturned(String call, Ref result, boolean error, boolean truncated, Duration took)
            implements ToolEvent {}

    /** A live session learned a tool; the origin's path is the session's. */
    record ToolOffered(String name, String description, Json schema) implements ToolEvent {}

    record ToolWithdrawn(String name) implements ToolEvent {}

    /** What a provider did by itself for an answer, as far as it says so. */
    record ProviderToolsUsed(String call, Set<ProviderTool> tools) implements ToolEvent {
        public ProviderToolsUsed {
            tools = Set.copyOf(tools);
        }
    }

    /** A source of tools is down; its tools are not offered. */
    record ToolsetMissing(String toolset, Failure failure) implements ToolEvent {}

    /**
     * What was interrupted and did not end.
     *
     * @param stack where its thread was then, the innermost call first; at most 64 of them
     */
    record ThreadAbandoned(String thread, List<String> stack, Duration waited)
            implements ToolEvent {
        public ThreadAbandoned {
            stack = List.copyOf(stack);
        }
    }
}
