package dev.skein.agent;

import dev.skein.failure.Failure;
import java.time.Duration;

/** The rest of the way to the run. */
public interface RunChain<O> {
    /** May be called once. */
    RunResult<O> proceed(RunCall<O> call) throws InterruptedException;

    /** Records why, waits, and goes the rest of the way once more. */
    RunResult<O> again(RunCall<O> call, Failure because, Duration pause)
            throws InterruptedException;

    RunView run();
}
