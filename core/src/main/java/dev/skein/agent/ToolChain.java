package dev.skein.agent;

import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;

/** The rest of the way to the gate and the tool. */
public interface ToolChain {
    /** May be called once. The call's id cannot change. */
    ToolResult proceed(ToolCall call) throws InterruptedException;

    RunView run();
}
