import module dev.skein.core;

record Ask(String question) {}

record NoArguments() {}

static final AtomicInteger CRASHES = new AtomicInteger();

/** A desk that crashes on its first question, with the agent that it owns. */
static final Workflow<Void, Void> DESK =
        Workflow.named("desk", (scope, none) -> {
            var clerk = scope.open(ModelAgent.of("clerk").withModel("offline:"));
            scope.expose("ask", "Asks the clerk.", Ask.class, ask -> {
                if (CRASHES.incrementAndGet() == 1) {
                    scope.fail("the desk fell over");
                    return "lost";
                }
                return clerk.ask(ask.question());
            });
            scope.await();
            return null;
        });

/** Counts; is started again with the desk, because it came after it. */
static final Workflow<Void, Void> CLOCK =
        Workflow.named("clock", (scope, none) -> {
            scope.emit("ticking", Map.of("attempt", scope.info().attempt()));
            scope.await();
            return null;
        });

static final Supervisor OFFICE =
        Supervisor.of(Supervisor.Strategy.REST_FOR_ONE)
                .child(new Supervisor.Child(
                        "desk", Supervisor.Work.of(DESK),
                        RestartPolicy.permanent().withBackoff(Backoff.none()), Duration.ofSeconds(10), false))
                .child("clock", CLOCK, RestartPolicy.permanent().withBackoff(Backoff.none()));

/** Watches the tree from above while the desk falls over and comes back. */
static final Workflow<Void, String> MAIN =
        Workflow.named("main", (scope, none) -> {
            IO.println("run " + scope.info().id());
            var office = scope.spawn("office", OFFICE, null);
            try (var events = office.treeEvents(0)) {
                events.first(Event.Emitted.class, e -> e.type().equals("ticking"), Duration.ofSeconds(30));
                IO.println("first answer: " + office.children().get("desk").call("ask", new Ask("Well?"), String.class));
                var restarted = events.first(WorkflowEvent.ChildRestarted.class, e -> true, Duration.ofSeconds(30));
                IO.println("restarted: " + restarted.orElseThrow().child());
                events.first(Event.Emitted.class, e -> e.type().equals("ticking"), Duration.ofSeconds(30));
            }
            return office.children().get("desk").call("ask", new Ask("And now?"), String.class);
        });

void main() throws InterruptedException {
    IO.println("second answer: " + MAIN.call(null));
}
