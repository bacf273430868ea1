package dev.skein.runtime;

import dev.skein.agent.HarnessAgent;
import dev.skein.agent.Task;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.policy.Watch;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A task for an agent that thinks elsewhere: one session of it, that is told the task and has to
 * call {@code finish} or {@code give_up}.
 */
record HarnessWork<O>(HarnessAgent<O> agent, Task task) implements Workflow<Task, O> {
    private static final String FINISH = "finish";
    private static final String GIVE_UP = "give_up";

    /** Blocks until it has ended, as a child of that run. */
    O within(LiveRun<O> run) throws InterruptedException {
        var work =
                run.engine()
                        .runtime()
                        .submit(
                                new Target.OfWorkflow<>(this, task, name()),
                                run,
                                Circumstances.plain());
        RunThreads.start(work, () -> Offspring.carriedOut(work));
        return RunThreads.joined(work).orThrow();
    }

    @Override
    public String name() {
        return "work";
    }

    @Override
    public O run(Scope scope, Task input) throws InterruptedException {
        var live = (LiveScope) scope;
        var session = live.live().open(agent.name(), agent, AgentSession.Options.standard());
        var result = new AtomicReference<@Nullable O>();
        session.tools()
                .give(
                        SessionTools.Engines.WORK,
                        List.of(
                                new OneAnswer<>(
                                        FINISH,
                                        "Ends the work with its result.",
                                        agent.output(),
                                        value ->
                                                result.compareAndSet(null, value)
                                                        && scope.done(null)),
                                new OneAnswer<>(
                                        GIVE_UP,
                                        "Ends the work without a result and says why.",
                                        JsonType.text(),
                                        reason -> scope.fail("gave_up", reason))));
        session.watch(Watch.idle(FINISH, GIVE_UP));
        session.send(text(input));
        scope.await();
        return Objects.requireNonNull(result.get());
    }

    private static String text(Task task) {
        var text = task.input() instanceof Json.Text(var plain) ? plain : task.input().canonical();
        return text
                + "\n\nWhen you are done, call "
                + FINISH
                + "; if it cannot be done, call "
                + GIVE_UP
                + ".";
    }
}
