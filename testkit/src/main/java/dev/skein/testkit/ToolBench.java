package dev.skein.testkit;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.agent.ToolAccess;
import dev.skein.json.Json;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.ToolCall;
import dev.skein.tool.Toolset;
import dev.skein.tool.TrustLevel;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A runtime with one toolset, in which a model calls what a case wants called. */
final class ToolBench implements AutoCloseable {
    private final Parrot parrot = new Parrot();
    private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-02T09:00:00Z"));
    private final Toolset toolset;
    private final AgentRuntime runtime;
    private final AtomicInteger errands = new AtomicInteger();

    ToolBench(Toolset toolset) {
        this.toolset = toolset;
        this.runtime =
                AgentRuntime.open(
                        RuntimeConfig.defaults()
                                .withModel(parrot)
                                .withClock(clock)
                                .withEnvironment(Environment.of(Map.of()))
                                .withTools(_ -> toolset));
    }

    /** What came of a call: as the model was told, whether it was refused or carried out. */
    record Outcome(boolean refused, boolean error, String text) {}

    ManualClock clock() {
        return clock;
    }

    Parrot parrot() {
        return parrot;
    }

    /** Calls it once, in a run of its own. */
    Outcome call(String tool, Json arguments) throws InterruptedException {
        return outcome(TestRun.of(start(tool, arguments).result(), runtime.journal()));
    }

    /** As {@link #call}, and returns as soon as the run has begun. */
    RunHandle<String> start(String tool, Json arguments) {
        var errand = "errand " + errands.incrementAndGet();
        parrot.runs(errand, new ToolCall("c1", tool, arguments));
        return runtime.spawn(agent(Set.of()), Task.of(errand));
    }

    /** A run that is offered the toolset; what the model does in it was taught before. */
    RunHandle<String> spawn() {
        return runtime.spawn(agent(Set.of()), Task.of("go"));
    }

    /** As {@link #spawn}, of an agent that also names these tools; waits for its end. */
    RunResult<String> run(Set<String> names) throws InterruptedException {
        return runtime.run(agent(names), Task.of("go"));
    }

    @Override
    public void close() {
        runtime.close();
    }

    private ModelAgent<String> agent(Set<String> names) {
        var access =
                ToolAccess.none()
                        .withNames(names)
                        .withToolsets(Set.of(toolset.name()))
                        .withTrust(TrustLevel.HIGH);
        return ModelAgent.of("tester").withTools(access);
    }

    static Outcome outcome(TestRun run) {
        for (var beat : run.beats()) {
            if (beat instanceof Beat.Refused(_, _, var code, var message))
                return new Outcome(true, true, code + ": " + message);
            if (beat instanceof Beat.Returned(_, _, var text, var error))
                return new Outcome(false, error, text);
        }
        throw new AssertionError("The call has no outcome.\n" + run.story());
    }
}
