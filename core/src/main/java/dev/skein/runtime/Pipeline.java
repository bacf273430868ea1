package dev.skein.runtime;

import dev.skein.agent.Interceptor;
import dev.skein.agent.RunCall;
import dev.skein.agent.RunChain;
import dev.skein.agent.RunResult;
import dev.skein.agent.RunView;
import dev.skein.event.RunEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.time.Duration;
import java.util.List;

/** The interceptors around a run, outermost first, and what they are around. */
record Pipeline(List<Interceptor> interceptors, Backend backend) {
    /** Where a run is carried out. */
    interface Backend {
        <O> RunResult<O> execute(LiveRun<O> run, RunCall<O> call) throws InterruptedException;
    }

    <O> RunResult<O> run(LiveRun<O> run) throws InterruptedException {
        return new Link<>(this, run, 0).proceed(new RunCall<>(run.agent(), run.task(), run.view()));
    }

    /** The rest of the way from one interceptor on. */
    private static final class Link<O> implements RunChain<O> {
        private final Pipeline pipeline;
        private final LiveRun<O> run;
        private final int index;
        private boolean used;
        private int attempt = 1;

        Link(Pipeline pipeline, LiveRun<O> run, int index) {
            this.pipeline = pipeline;
            this.run = run;
            this.index = index;
        }

        @Override
        public RunResult<O> proceed(RunCall<O> call) throws InterruptedException {
            if (used) throw proceededTwice(pipeline.interceptors.get(index - 1).name());
            used = true;
            return go(call);
        }

        @Override
        public RunResult<O> again(RunCall<O> call, Failure because, Duration pause)
                throws InterruptedException {
            run.listening().discard(attempt);
            run.record(new RunEvent.RunRetried(++attempt, because, pause));
            run.engine().pause(pause);
            return go(call);
        }

        @Override
        public RunView run() {
            return run.view();
        }

        private RunResult<O> go(RunCall<O> call) throws InterruptedException {
            if (index == pipeline.interceptors.size()) return pipeline.backend.execute(run, call);
            var interceptor = pipeline.interceptors.get(index);
            try {
                return interceptor.aroundRun(call, new Link<>(pipeline, run, index + 1));
            } catch (SkeinException e) {
                throw e;
            } catch (RuntimeException e) {
                throw threw(interceptor, e, run);
            }
        }
    }

    static SkeinException proceededTwice(String interceptor) {
        return new SkeinException(
                new Invalid.Call(
                        "Interceptor '" + interceptor + "' called proceed twice.",
                        "Call it once; Retry is there to run again."));
    }

    static SkeinException threw(Interceptor interceptor, RuntimeException thrown, LiveRun<?> run) {
        return new SkeinException(
                Failures.threw("Interceptor '" + interceptor.name() + "'", thrown, run.id()),
                thrown);
    }
}
