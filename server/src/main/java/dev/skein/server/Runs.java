package dev.skein.server;

import dev.skein.event.Journal;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import java.util.List;
import java.util.concurrent.Callable;

/** What routes need of a runtime. */
interface Runs {
    /** Those that are alive and have no parent, oldest first. */
    List<RunHandle<?>> roots();

    Journal journal();

    /** Does the work as somebody outside, who is called so in the journal. */
    <T> T external(String tag, Callable<T> work) throws Exception;

    static Runs of(AgentRuntime runtime) {
        return new OfRuntime(runtime);
    }

    /** Those of a runtime. */
    record OfRuntime(AgentRuntime runtime) implements Runs {
        @Override
        public List<RunHandle<?>> roots() {
            return runtime.roots();
        }

        @Override
        public Journal journal() {
            return runtime.journal();
        }

        @Override
        public <T> T external(String tag, Callable<T> work) throws Exception {
            return runtime.external(tag, work);
        }
    }
}
