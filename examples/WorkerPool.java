import module dev.skein.core;

record AddTask(@Description("what is to be done") String spec) {}

record NoArguments() {}

record Finish(String summary) {}

static final Workflow<String, String> TASK =
        Workflow.named("run-task", (scope, spec) -> {
            var worker = scope.open(ModelAgent.of("worker").withModel("offline:any"));
            worker.on("finish", "Call with your result.", Finish.class, finish -> {
                scope.done(finish.summary());
                return "Recorded.";
            });
            worker.send("Task: " + spec);
            return scope.await(String.class);
        });

/** Takes tasks through an endpoint; each is done by a supervised child. */
static final Workflow<Void, Void> POOL =
        Workflow.named("worker-pool", (scope, none) -> {
            var specs = new LinkedHashMap<String, String>(); // no lock: endpoints run one at a time
            scope.expose("add_task", "Queue one task.", AddTask.class, task -> {
                var id = "t%04d".formatted(specs.size() + 1);
                specs.put(id, task.spec());
                Workflow<Void, String> work = Workflow.named("work", (inner, nothing) -> inner.run(TASK, task.spec()));
                var plan =
                        Supervisor.of(Supervisor.Strategy.ONE_FOR_ONE)
                                .child("work", work, RestartPolicy.transientChild());
                var child = scope.spawn(id, plan, null);
                scope.bubble(child, id);
                scope.monitor(child, result ->
                        scope.emit("task_ended", Map.of("id", id, "ok", result.isCompleted())));
                return id;
            });
            scope.expose("tasks", "All tasks by id.", NoArguments.class, nothing -> Map.copyOf(specs));
            scope.await(); // implies ready()
            return null;
        });

/** Owns the pool, and an agent that gets the pool's endpoints as tools. */
static final Workflow<Void, Integer> MAIN =
        Workflow.named("main", (scope, none) -> {
            IO.println("run " + scope.info().id());
            var pool = scope.spawn("pool", POOL, null);
            pool.call("add_task", new AddTask("Write a haiku."), String.class);
            var monitor = scope.open(ModelAgent.of("monitor").withModel("offline:any"));
            pool.attach(monitor, Attach.only("add_task").prefix("pool_"));
            monitor.send("Queue one more task with pool_add_task.");
            int ended = 0;
            try (var events = pool.events()) {
                for (var entry : events)
                    if (entry.event() instanceof Event.Emitted(var type, var data)
                            && type.equals("task_ended")
                            && ++ended == 2) break;
            }
            IO.println(pool.call("tasks", null, Map.class).size() + " tasks were queued");
            return ended;
        });

/** With the argument {@code stay} only the pool, until somebody cancels it. */
void main(String... arguments) throws InterruptedException {
    if (List.of(arguments).contains("stay")) POOL.call(null);
    else IO.println(MAIN.call(null) + " tasks ended");
}
