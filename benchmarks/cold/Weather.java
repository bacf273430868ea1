import module dev.skein.core;

/** The shortest typed program: its first answer is what a cold start waits for. */
record Finding(String city, int tempC, String summary, double confidence, List<String> sources) {}

void main() throws InterruptedException {
    var analyst =
            ModelAgent.of("analyst", Finding.class)
                    .withInstructions("You are a weather analyst. Answer with JSON only.");
    try (var runtime = AgentRuntime.open()) {
        var task = Task.of("What is the weather in Paris today?").withModel("openai:gpt-4o-mini");
        IO.println(runtime.run(analyst, task).orThrow());
    }
}
