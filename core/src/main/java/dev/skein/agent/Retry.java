package dev.skein.agent;

import java.time.Duration;

/**
 * Runs the whole task again while its result failed and may be tried again. The runtime places it
 * outside all other interceptors.
 *
 * @param attempts counts the first; 1 is off
 * @param pause between two attempts
 */
public record Retry(int attempts, Duration pause) implements Interceptor {
    public Retry {
        if (attempts < 1)
            throw new IllegalArgumentException("attempts must be at least 1, was " + attempts);
        if (pause.isNegative())
            throw new IllegalArgumentException("a pause is not negative, was " + pause);
    }

    @Override
    public <O> RunResult<O> aroundRun(RunCall<O> call, RunChain<O> next)
            throws InterruptedException {
        var result = next.proceed(call);
        for (int attempt = 1; attempt < attempts; attempt++) {
            if (!(result instanceof RunResult.Failed<O>(var failure, _)) || !failure.retryable())
                return result;
            result = next.again(call, failure, pause);
        }
        return result;
    }
}
