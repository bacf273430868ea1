package dev.skein.agent;

import dev.skein.failure.Failure;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a run ended, with what it did. */
public sealed interface RunResult<O extends @Nullable Object> {
    Work work();

    record Completed<O extends @Nullable Object>(O output, Work work) implements RunResult<O> {}

    record Failed<O extends @Nullable Object>(Failure failure, Work work) implements RunResult<O> {}

    record Canceled<O extends @Nullable Object>(String reason, Work work) implements RunResult<O> {}

    default boolean isCompleted() {
        return this instanceof Completed;
    }

    /**
     * The output.
     *
     * @throws SkeinException with the run's failure, or {@code run.canceled}; what failed while the
     *     run was cleaned up is suppressed in it
     */
    default O orThrow() {
        return switch (this) {
            case Completed<O>(var output, _) -> output;
            case Failed<O>(var failure, var work) -> throw thrown(failure, work);
            case Canceled<O>(var reason, var work) ->
                    throw thrown(new RunFailure.Canceled(work.runId(), reason), work);
        };
    }

    private static SkeinException thrown(Failure failure, Work work) {
        var thrown = new SkeinException(failure);
        for (var one : work.suppressed()) thrown.addSuppressed(new SkeinException(one));
        return thrown;
    }

    default <P extends @Nullable Object> RunResult<P> map(Function<? super O, ? extends P> change) {
        return switch (this) {
            case Completed<O>(var output, var work) -> new Completed<>(change.apply(output), work);
            case Failed<O>(var failure, var work) -> new Failed<>(failure, work);
            case Canceled<O>(var reason, var work) -> new Canceled<>(reason, work);
        };
    }

    default RunResult<O> withWork(Work work) {
        return switch (this) {
            case Completed<O>(var output, _) -> new Completed<>(output, work);
            case Failed<O>(var failure, _) -> new Failed<>(failure, work);
            case Canceled<O>(var reason, _) -> new Canceled<>(reason, work);
        };
    }
}
