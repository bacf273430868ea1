package dev.skein.agent;

import dev.skein.failure.Denied;
import java.util.function.Predicate;

/** Fails a run whose output of that type does not satisfy the test; outputs of other types pass. */
public record RequireOutput<T>(String name, Class<T> type, Predicate<T> test)
        implements Interceptor {
    @Override
    public <O> RunResult<O> aroundRun(RunCall<O> call, RunChain<O> next)
            throws InterruptedException {
        var result = next.proceed(call);
        if (!(result instanceof RunResult.Completed<O>(var output, var work))) return result;
        boolean fine = !type.isInstance(output) || test.test(type.cast(output));
        return fine
                ? result
                : new RunResult.Failed<>(
                        new Denied.Guardrail("The output of '" + call.agent().name() + "'", name),
                        work);
    }
}
