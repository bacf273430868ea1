package dev.skein.agent;

import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;

/**
 * Code around runs, model calls and tool calls; may change what goes in and comes out, or answer in
 * its place. One instance serves all runs at once and keeps nothing of a run. Interceptors are an
 * onion: the first listed is the outermost.
 */
public interface Interceptor {
    default String name() {
        return getClass().getSimpleName();
    }

    /** Around a whole run, where it was asked for. */
    default <O> RunResult<O> aroundRun(RunCall<O> call, RunChain<O> next)
            throws InterruptedException {
        return next.proceed(call);
    }

    /** Around each model call of a turn, its retries and fallbacks included. */
    default ModelReply aroundModel(ModelCall call, ModelChain next) throws InterruptedException {
        return next.proceed(call);
    }

    /** Around each tool call, outside the gate: what is changed here is judged again. */
    default ToolResult aroundTool(ToolCall call, ToolChain next) throws InterruptedException {
        return next.proceed(call);
    }
}
