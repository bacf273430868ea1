package dev.skein.cli;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks whether everything is there that runs need. */
record Doctor(Environment environment, Output output) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * Prints a row for each thing.
     *
     * @param online whether each configured provider is asked something very small
     * @return the exit code
     */
    int examine(boolean online) throws InterruptedException {
        var config = RuntimeConfig.defaults().withEnvironment(environment);
        var rows = new ArrayList<>(new Machine(environment).rows());
        try (var runtime = AgentRuntime.open(config);
                var providers = new Providers(environment)) {
            rows.add(model(runtime, providers));
            if (online) for (var model : providers.offered()) rows.add(asked(runtime, model));
        }
        print(rows);
        return count(rows, Row.State.ERROR) == 0 ? ExitCode.COMPLETED : ExitCode.FAILED;
    }

    private static Row model(AgentRuntime runtime, Providers providers)
            throws InterruptedException {
        try {
            var chosen = runtime.chosenModel();
            providers.check(chosen.model());
            var text = chosen.model() + ", because " + chosen.reason();
            return chosen.model().equals("offline:auto")
                    ? Row.warn("model", text + ": answers are made up")
                    : Row.ok("model", text);
        } catch (SkeinException e) {
            return Row.error("model", e.failure());
        }
    }

    private static Row asked(AgentRuntime runtime, String model) throws InterruptedException {
        var task = Task.of("Answer with the word ok.").toolless().withModel(model);
        return switch (runtime.run(ModelAgent.of("doctor"), task.withDeadline(PATIENCE))) {
            case RunResult.Completed<String>(_, var work) ->
                    Row.ok("online", model + " answered in " + work.took().toMillis() + " ms");
            case RunResult.Failed<String>(var failure, _) -> Row.error("online", failure);
            case RunResult.Canceled<String>(var reason, _) -> Row.warn("online", reason);
        };
    }

    private void print(List<Row> rows) {
        long errors = count(rows, Row.State.ERROR);
        long warnings = count(rows, Row.State.WARN);
        if (output.manner().json()) {
            var all = Json.array(rows.stream().map(Row::json).toList());
            output.json(Json.object("rows", all, "errors", errors, "warnings", warnings));
            return;
        }
        rows.forEach(row -> output.line(row.line()));
        output.line(counted(errors, "error") + ", " + counted(warnings, "warning"));
    }

    private static long count(List<Row> rows, Row.State state) {
        return rows.stream().filter(row -> row.state() == state).count();
    }

    private static String counted(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
