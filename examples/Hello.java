import module dev.skein.core;

record Finding(
        String question,
        String answer,
        @Range(min = 0, max = 1) double confidence,
        List<String> sources) {}

/** A question, and an answer that has a type. */
void main() throws InterruptedException {
    var researcher =
            ModelAgent.of("researcher", Finding.class)
                    .withInstructions("Answer the question. Name sources. Say how sure you are.");
    try (var runtime = AgentRuntime.open()) {
        switch (runtime.run(researcher, Task.of("What is a broker?"))) {
            case RunResult.Completed<Finding>(var finding, var work) ->
                    IO.println(finding.answer() + "  (" + work.usage().total() + " tokens)");
            case RunResult.Failed<Finding>(var failure, _) ->
                    IO.println(failure.message() + " " + failure.remedy());
            case RunResult.Canceled<Finding>(var reason, _) -> IO.println("canceled: " + reason);
        }
    }
}
