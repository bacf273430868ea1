import module dev.skein.core;

record Finish(String summary) {}

record GiveUp(String reason) {}

/** One agent that must call one of two tools, each of which ends the workflow. */
static final Workflow<String, String> TASK =
        Workflow.named("run-task", (scope, spec) -> {
            IO.println("run " + scope.info().id());
            var worker = scope.open(ModelAgent.of("worker").withModel("offline:any"));
            worker.on("finish", "Call with your result when the task is done.", Finish.class, finish -> {
                scope.done(finish.summary());
                return "Recorded.";
            });
            worker.on("give_up", "Call if the task cannot be done.", GiveUp.class, giveUp -> {
                scope.fail("gave_up", giveUp.reason());
                return "Recorded.";
            });
            worker.watch(Watch.idle("finish", "give_up"));
            worker.send("Task: " + spec + "\nCall finish or give_up.");
            return scope.await(String.class);
        });

void main() throws InterruptedException {
    IO.println("result: " + TASK.call("Ten haikus about git rebase."));
}
