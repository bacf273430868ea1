package dev.skein.agent;

import dev.skein.json.Json;
import java.util.function.UnaryOperator;

/** Changes what a run gets. */
public record MapInput(UnaryOperator<Json> change) implements Interceptor {
    @Override
    public <O> RunResult<O> aroundRun(RunCall<O> call, RunChain<O> next)
            throws InterruptedException {
        var task = call.task();
        var changed =
                new Task(
                        task.id(),
                        change.apply(task.input()),
                        task.metadata(),
                        task.namespace(),
                        task.limits(),
                        task.options());
        return next.proceed(call.withTask(changed));
    }
}
