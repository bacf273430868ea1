import module dev.skein.core;

record Lookup(@Description("order number") String order) {}

/** Two agents, a tool that only one of them has, and a conversation that is kept. */
void main() throws InterruptedException {
    var atlas = ModelAgent.of("Atlas").withPersona("patient").withTools("order_status");
    var codeBot = ModelAgent.of("CodeBot").withPersona("precise");
    var status =
            Tool.of(
                            "order_status",
                            "State of an order",
                            Lookup.class,
                            ask -> "Order " + ask.order() + " is on its way")
                    .effect(Effect.READ_ONLY);
    var config =
            RuntimeConfig.of(atlas, codeBot)
                    .withTools(agent -> agent.equals(atlas) ? Toolset.of(status) : Toolset.empty())
                    .withInterceptors(agent -> List.of(new Redact("\\b\\d{16}\\b")));
    try (var runtime = AgentRuntime.open(config)) {
        var bob = Namespace.of("tenant", "acme", "user", "bob");
        runtime.run(atlas, Task.of("Where is order 7?").in(bob)).orThrow();
        IO.println(runtime.run(atlas, Task.of("And when will it come?").in(bob)).orThrow());
        var kept = runtime.sessions().load(new SessionKey(bob, "Atlas")).orElseThrow();
        IO.println(kept.messages().size() + " messages kept");
    }
}
