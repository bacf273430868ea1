import module dev.skein.core;

record City(@Description("name of a city") String city) {}

/** The answer as it comes in, with the calls of tools between. */
void main() throws InterruptedException {
    var weather =
            Tool.of("weather", "Weather of a city", City.class, c -> "22 °C and sunny in " + c.city())
                    .effect(Effect.READ_ONLY);
    var guide = ModelAgent.of("guide").withPersona("cheerful").withTools("weather");
    try (var runtime = AgentRuntime.open(RuntimeConfig.of(guide).withTools(weather))) {
        var task = Task.of("Shall we have a picnic in Paris today?");
        var result = runtime.run(guide, task, delta -> print(delta));
        IO.println();
        IO.println(result.orThrow().length() + " characters in " + result.work().turns() + " turns");
    }
}

void print(Delta delta) {
    switch (delta) {
        case Delta.Text(var text) -> IO.print(text);
        case Delta.CallStarted(_, var name) -> IO.println("[calls " + name + "]");
        case Delta.Discarded _ -> IO.println("[begins again]");
        case Delta _ -> {}
    }
}
