import module dev.skein.core;
import module dev.skein.models;

record Verdict(String label, @Range(min = 0, max = 1) double confidence) {}

/** A run that fails, what it says of it, and what there is of its work. */
void main() throws InterruptedException {
    var judge = ModelAgent.of("judge", Verdict.class).withRepairs(1);
    var stubborn = ScriptedModel.always(ScriptedModel.text("{\"label\":\"ok\",\"confidence\":80}"));
    try (var runtime = AgentRuntime.open(RuntimeConfig.of(judge).withModel(stubborn))) {
        switch (runtime.run(judge, Task.of("Is this spam?"))) {
            case RunResult.Failed<Verdict>(var failure, var work) -> {
                IO.println("code:     " + failure.code());
                IO.println("message:  " + failure.message());
                IO.println("remedy:   " + failure.remedy());
                IO.println("retry:    " + (failure.retryable() ? "may help" : "does not help"));
                IO.println("answered: " + work.partial().lastText());
                IO.println("turns:    " + work.turns());
            }
            case RunResult<Verdict> other -> IO.println(other);
        }
    }
}
