import module dev.skein.core;

static final AtomicInteger TRIES = new AtomicInteger();

/** Fails twice, then succeeds. */
static final Workflow<Void, String> FLAKY =
        Workflow.named("flaky", (scope, none) -> {
            int attempt = TRIES.incrementAndGet();
            scope.emit("attempt", Map.of("number", attempt));
            if (attempt % 3 != 0) scope.fail("attempt " + attempt + " failed");
            else scope.done("attempt " + attempt + " succeeded");
            return scope.await(String.class);
        });

/** Starts it again by hand, from what it is seen to do. */
static final Workflow<Void, String> BY_HAND =
        Workflow.named("by-hand", (scope, none) -> {
            IO.println("run " + scope.info().id());
            while (true) {
                var child = scope.spawn(FLAKY, null);
                try (var events = child.events()) {
                    for (var entry : events) tell(entry.event());
                }
                if (child.result().isCompleted()) return child.await();
            }
        });

/** The same, by a supervisor. */
static final Workflow<Void, Map<String, RunResult<?>>> SUPERVISED =
        Supervisor.of(Supervisor.Strategy.ONE_FOR_ONE)
                .child("flaky", FLAKY, RestartPolicy.transientChild().withBackoff(Backoff.none()));

static void tell(Event event) {
    switch (event) {
        case Event.Emitted(var type, var data) -> IO.println("  " + type + " " + data.canonical());
        case RunEvent.RunEnded ended -> IO.println("  ended: " + ended.outcome().status());
        default -> {}
    }
}

void main() throws InterruptedException {
    IO.println(BY_HAND.call(null));
    IO.println("supervised: " + SUPERVISED.call(null).get("flaky").orThrow());
}
