package dev.skein.agent;

import java.util.function.UnaryOperator;

/** Changes what a run of agents with that output type gives; others pass. */
public record MapOutput<T>(Class<T> type, UnaryOperator<T> change) implements Interceptor {
    @Override
    @SuppressWarnings("unchecked") // the output was just seen to be a T, so O is a supertype of it
    public <O> RunResult<O> aroundRun(RunCall<O> call, RunChain<O> next)
            throws InterruptedException {
        return next.proceed(call)
                .map(output ->
                        type.isInstance(output) ? (O) change.apply(type.cast(output)) : output);
    }
}
