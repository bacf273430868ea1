package dev.skein.agent;

import dev.skein.json.JsonType;

/**
 * Who an agent is, what it may do and what it returns: pure data, the same in Java, in a file and
 * on the wire. Code (tools, interceptors) is never part of it; it is looked up by name in the
 * runtime.
 */
public sealed interface Agent<O> permits ModelAgent, HarnessAgent {
    /** Kept as written, compared without case. */
    String name();

    JsonType<?> input();

    JsonType<O> output();

    /** What it may call, beside what the owner of a live session gives it. */
    ToolAccess tools();

    AgentRules rules();
}
