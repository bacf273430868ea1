import module dev.skein.core;
import module dev.skein.models;

record Verdict(boolean approved, String remark) {}

/** A builder and a reviewer who know each other, until the reviewer approves; two workflows, one in the other. */
static final Workflow<String, String> BUILD =
        Workflow.named("build", (scope, spec) -> {
            var builder = scope.open(ModelAgent.of("builder").withPersona("careful"));
            var reviewer = scope.open(ModelAgent.of("reviewer").withPersona("strict").withModel("reviewer"));
            scope.connect(builder, reviewer);
            var code = builder.ask("Implement: " + spec);
            for (int round = 1; round <= 5; round++) {
                var verdict = reviewer.ask("Review, round " + round + ":\n" + code, Verdict.class);
                scope.emit("reviewed", Map.of("round", round, "approved", verdict.approved()));
                if (verdict.approved()) return spec + ": approved in round " + round;
                code = builder.ask("Rejected: " + verdict.remark() + "\nCorrect it, round " + round + ".");
            }
            scope.fail("too_many_rounds", "the reviewer was never content");
            return scope.await(String.class);
        });

static final Workflow<List<String>, List<String>> RELEASE =
        Workflow.named("release", (scope, specs) -> {
            IO.println("run " + scope.info().id());
            return scope.each("build", specs, 2, BUILD);
        });

/** Stands in for a model that finds something at first. */
static ModelReply review(ModelCall call) throws InterruptedException {
    boolean second = call.messages().getLast().text().startsWith("Review, round 2");
    return ScriptedModel.value(new Verdict(second, second ? "good" : "no tests")).answer(call);
}

void main() throws InterruptedException {
    var config = RuntimeConfig.defaults().withNamedModel("reviewer", ScriptedModel.always(call -> review(call)));
    try (var runtime = AgentRuntime.open(config)) {
        var specs = List.of("a parser", "a cache", "a scheduler");
        runtime.run(RELEASE, specs).orThrow().forEach(IO::println);
    }
}
