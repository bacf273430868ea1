package dev.skein.cli;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.DeltaListener;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;

/**
 * Runs one agent with one input, and prints how it ended. Text is printed while it comes, if that
 * is wanted; a typed answer once, when it is whole and fits.
 */
record AgentRun(Asked asked, boolean stream, Output output) {
    /** What the command line asks for. */
    record Asked(String agent, String input, RunOptions options) {}

    /** Blocks until the run has ended; returns the exit code. */
    int run() throws InterruptedException {
        return run(RuntimeConfig.of(ModelAgent.of("assistant")));
    }

    /** As {@link #run()}, with the agents of that configuration. */
    int run(RuntimeConfig config) throws InterruptedException {
        var live = new LiveText(output);
        try (var runtime = AgentRuntime.open(asked.options().shape(config))) {
            return told(result(runtime, live), live);
        }
    }

    private RunResult<Json> result(AgentRuntime runtime, LiveText live)
            throws InterruptedException {
        try (live) {
            var deltas = stream && speaks(runtime) ? live : DeltaListener.none();
            return runtime.run(asked.agent(), task(runtime), deltas);
        }
    }

    private boolean speaks(AgentRuntime runtime) {
        return runtime.find(asked.agent())
                .filter(agent -> agent.output().equals(JsonType.text()))
                .isPresent();
    }

    private Task task(AgentRuntime runtime) throws InterruptedException {
        // Input is read only for an agent that exists: nobody types for nothing.
        var text = runtime.find(asked.agent()).isPresent() ? new Input(asked.input()).text() : "";
        var task = asked.options().shape(Task.of(text));
        boolean choose = task.options().model() == null && output.manner().quiet();
        // Naming the model, whatever it is, is what silences the notice of the offline one.
        return choose ? task.withModel(runtime.chosenModel().model()) : task;
    }

    private int told(RunResult<Json> result, LiveText live) {
        if (output.manner().json()) output.json(new Answer(result).json());
        return switch (result) {
            case RunResult.Completed<Json>(var value, _) -> answered(value, live);
            case RunResult.Failed<Json>(var failure, _) ->
                    output.manner().json()
                            ? ExitCode.FAILED
                            : output.fail(ExitCode.FAILED, failure);
            case RunResult.Canceled<Json>(var reason, _) -> {
                output.note("canceled: " + reason);
                yield ExitCode.FAILED;
            }
        };
    }

    private int answered(Json value, LiveText live) {
        var words = value instanceof Json.Text(var text) ? text : value.canonical();
        if (!output.manner().json() && !live.printed(words)) output.line(words);
        return output.written();
    }
}
