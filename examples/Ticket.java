import module dev.skein.core;
import module dev.skein.models;

record Ticket(String text, Optional<String> customer) {}

enum Urgency {
    LOW,
    HIGH
}

sealed interface Route {
    record Billing(Urgency urgency) implements Route {}

    record Technical(String component) implements Route {}
}

/** A typed input, one of several kinds of answer, a model that fails and one that stands in for it. */
void main() throws InterruptedException {
    var triage =
            ModelAgent.of("triage", Route.class)
                    .withInput(Ticket.class)
                    .withModel("absent", "script");
    var absent =
            ScriptedModel.always(
                    ScriptedModel.fail(new ModelFailure.BadRequest("absent", "no such model")));
    var script =
            ScriptedModel.of(
                    ScriptedModel.text(
                            "Sure! ```json\n{\"type\":\"Billing\",\"urgency\":\"high\",}\n```"));
    var config =
            RuntimeConfig.of(triage)
                    .withNamedModel("absent", absent)
                    .withNamedModel("script", script);
    try (var runtime = AgentRuntime.open(config)) {
        var ticket = Task.of(new Ticket("Refund me", Optional.empty()));
        var route = runtime.run(triage, ticket, delta -> {}).orThrow();
        IO.println(
                switch (route) {
                    case Route.Billing(var urgency) -> "billing, " + urgency;
                    case Route.Technical(var component) -> "technical, " + component;
                });
    }
}
