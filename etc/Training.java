import dev.skein.cli.Main;
import module dev.skein.core;

// What ./skein does once after each build while the JVM writes down which classes it loads: the work of usual commands
// and programs. It prints to nowhere and contacts nobody.
record Finding(
        @Description("what was found") String answer,
        @Range(min = 0, max = 1) double confidence,
        List<String> sources,
        Optional<Urgency> urgency) {}

enum Urgency {
    LOW,
    HIGH
}

sealed interface Route {
    record Billing(Urgency urgency) implements Route {}

    record Technical(String component) implements Route {}
}

record Lookup(@Description("order number") @Length(min = 1, max = 9) String order) {}

void main() throws Exception {
    Main.run("--version");
    Main.run("help", "run");
    Main.run("run", "assistant", "Hello", "--quiet", "--deadline", "20s", "--max-turns", "2");
    Main.run("run", "assistant", "Hello", "--stream", "--budget", "1.00 USD", "--in", "a:b");
    Main.run("run", "nobody", "Hello", "--json");
    Main.run("run", "assistant", "Hello", "--jsn");
    Main.run("doctor", "--json");
    var status =
            Tool.of("order_status", "State of an order", Lookup.class, ask -> ask.order() + " is on its way")
                    .effect(Effect.READ_ONLY);
    var desk = ModelAgent.of("desk").withPersona("patient").withTools("order_status");
    var route = ModelAgent.of("route", Route.class).withInstructions("Say where it belongs.");
    var finder = ModelAgent.of("finder", Finding.class).withInstructions("Answer the question.");
    try (var runtime = AgentRuntime.open(RuntimeConfig.of(desk, route, finder).withTools(status))) {
        IO.println(told(runtime.run(desk, Task.of("Where is order 7?").in(Namespace.of("a", "b")))));
        IO.println(told(runtime.run(route, Task.of("Refund me"), delta -> IO.println(delta))));
        IO.println(runtime.gather(finder, List.of(Task.of("a"), Task.of("b"))).stream().map(this::told).toList());
    }
}

String told(RunResult<?> result) {
    return switch (result) {
        case RunResult.Completed<?>(var output, var work) -> output + " for " + work.usage().total();
        case RunResult.Failed<?>(var failure, _) -> failure.message() + " " + failure.remedy();
        case RunResult.Canceled<?>(var reason, _) -> "canceled: " + reason;
    };
}
