package dev.skein.runtime;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunCall;
import dev.skein.agent.RunResult;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;

/** Carries runs out in this process: one switch over the kinds of agent. */
record LocalBackend() implements Pipeline.Backend {
    @Override
    public <O> RunResult<O> execute(LiveRun<O> run, RunCall<O> call) throws InterruptedException {
        run.status(RunStatus.WORKING);
        return switch (call.agent()) {
            case ModelAgent<O> agent -> {
                run.record(new RunEvent.RunStarted("local", 1, agent.tools().trust()));
                yield new RunResult.Completed<>(
                        new ModelLoop<>(run, agent, call.task()).run(), run.work());
            }
        };
    }
}
