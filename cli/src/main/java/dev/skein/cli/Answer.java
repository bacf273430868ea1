package dev.skein.cli;

import dev.skein.agent.RunResult;
import dev.skein.agent.Work;
import dev.skein.json.FailureJson;
import dev.skein.json.Json;
import dev.skein.model.Cost;

/** A result as one JSON object. */
record Answer(RunResult<Json> result) {
    Json json() {
        var ended =
                switch (result) {
                    case RunResult.Completed<Json>(var output, _) ->
                            Json.object("status", "completed", "output", output);
                    case RunResult.Failed<Json>(var failure, _) ->
                            Json.object("status", "failed", "failure", FailureJson.encode(failure));
                    case RunResult.Canceled<Json>(var reason, _) ->
                            Json.object("status", "canceled", "reason", reason);
                };
        return with(ended, result.work());
    }

    private static Json with(Json.Obj ended, Work work) {
        var tokens = Json.object("input", work.usage().input(), "output", work.usage().output());
        return ended.with("run", work.runId())
                .with("turns", work.turns())
                .with("tokens", tokens)
                .with("cost", cost(work.usage().cost()));
    }

    private static String cost(Cost cost) {
        return switch (cost) {
            case Cost.Known(var money) -> money.toString();
            case Cost.AtLeast(var money, _) -> "at least " + money;
        };
    }
}
