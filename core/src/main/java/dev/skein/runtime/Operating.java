package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators may ask of a supervisor: its endpoints. The supervisor's thread does it. */
record Operating(Supervisor plan, LiveScope scope, Supervising supervising) {
    private record Nothing() {}

    private record Id(String id) {}

    /** A child as operators see it. */
    private record Seen(
            String id,
            String state,
            int attempt,
            @Nullable String lastFailure,
            @Nullable String startsIn) {}

    void expose() {
        scope.expose(
                "children",
                "The children, with state, attempt and last failure.",
                Nothing.class,
                (Nothing _) -> supervising.asked(this::children));
        scope.expose(
                "restart_child",
                "Stops a child if it runs, and starts it.",
                Id.class,
                (Id id) -> supervising.asked(() -> restart(id.id())));
        scope.expose(
                "stop_child",
                "Stops a child; it is started again only if asked for, or with its siblings.",
                Id.class,
                (Id id) -> supervising.asked(() -> stop(id.id())));
        for (var child : plan.children())
            if (child.work() instanceof Supervisor.Work.Template(var workflow, var input))
                exposeStart(child, workflow, input);
    }

    private <I> void exposeStart(
            Supervisor.Child template, Workflow<?, ?> workflow, Class<I> input) {
        scope.expose(
                "start_child",
                "Starts one more " + template.id() + ".",
                input,
                (I value) -> supervising.asked(() -> startChild(template, workflow, value)));
    }

    private List<Seen> children() {
        return supervising.minded().stream().map(this::seen).toList();
    }

    private Seen seen(Minding child) {
        var due = child.startsIn(supervising.now());
        var failure = child.lastFailure();
        return new Seen(
                child.id(),
                state(child),
                child.attempt(),
                failure == null ? null : failure.code() + ": " + failure.message(),
                due == null ? null : due.toString());
    }

    private static String state(Minding child) {
        if (child.lives()) return "running";
        if (child.pending()) return "starting";
        if (child.stopped()) return "stopped";
        return switch (child.last()) {
            case null -> "stopped";
            case RunResult.Completed<?> _ -> "completed";
            case RunResult.Failed<?> _ -> "failed";
            case RunResult.Canceled<?> _ -> "canceled";
        };
    }

    private String restart(String id) throws InterruptedException {
        var child = find(id);
        supervising.stop(List.of(child));
        supervising.startNow(child);
        return "restarted";
    }

    private String stop(String id) throws InterruptedException {
        var child = find(id);
        supervising.stop(List.of(child));
        child.stoppedByOperator();
        return "stopped";
    }

    private <I> String startChild(Supervisor.Child template, Workflow<?, ?> workflow, I input)
            throws InterruptedException {
        var id = supervising.nextId(template.id());
        Workflow<@Nullable Void, ?> bound =
                Workflow.named(workflow.name(), (inner, _) -> inner.run(taking(workflow), input));
        var child =
                new Supervisor.Child(
                        id,
                        Supervisor.Work.of(bound),
                        template.policy(),
                        template.readyWithin(),
                        template.significant());
        var minding = new Minding(child, true);
        supervising.minded().add(minding);
        try {
            supervising.startNow(minding);
        } catch (SkeinException e) {
            supervising.minded().remove(minding);
            throw e;
        }
        return id;
    }

    @SuppressWarnings("unchecked") // a template is made with the class of its workflow's input
    private static <I> Workflow<I, ?> taking(Workflow<?, ?> workflow) {
        return (Workflow<I, ?>) workflow;
    }

    private Minding find(String id) {
        return supervising.minded().stream()
                .filter(child -> child.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() ->
                        new SkeinException(
                                new Missing.Run(scope.run().origin().path() + "/" + id)));
    }
}
