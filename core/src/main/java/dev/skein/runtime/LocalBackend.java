package dev.skein.runtime;

import dev.skein.agent.HarnessAgent;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunCall;
import dev.skein.agent.RunResult;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.failure.SkeinException;

/** Carries runs out in this process: one switch over the kinds of agent. */
record LocalBackend() implements Pipeline.Backend {
    @Override
    public <O> RunResult<O> execute(LiveRun<O> run, RunCall<O> call) throws InterruptedException {
        run.status(RunStatus.WORKING);
        try {
            return new RunResult.Completed<>(output(run, call), run.work());
        } catch (SkeinException e) {
            if (run.stopping()) throw e;
            return new RunResult.Failed<>(e.failure(), run.work());
        }
    }

    private static <O> O output(LiveRun<O> run, RunCall<O> call) throws InterruptedException {
        return switch (call.agent()) {
            case ModelAgent<O> agent -> {
                run.record(new RunEvent.RunStarted("local", 1, agent.tools().trust()));
                yield new ModelLoop<>(run, agent, call.task()).run();
            }
            case HarnessAgent<O> agent -> {
                run.record(new RunEvent.RunStarted(agent.harness(), 1, agent.tools().trust()));
                var desk = run.desk();
                yield desk == null
                        ? new HarnessWork<>(agent, call.task()).within(run)
                        : new HarnessTurn<>(run, agent, desk).run();
            }
        };
    }
}
