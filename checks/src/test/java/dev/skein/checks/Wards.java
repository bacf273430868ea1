package dev.skein.checks;

import dev.skein.event.Entry;
import dev.skein.event.EventReader;
import dev.skein.event.RunEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RunInfo;
import dev.skein.runtime.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Children of supervisors that do what a test tells them, and what the journal says of them. */
final class Wards {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Map<String, BlockingQueue<Order>> orders = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<RunInfo> began = new ConcurrentLinkedQueue<>();

    private sealed interface Order {
        record Complete(String result) implements Order {}

        record Fail(Failure failure) implements Order {}
    }

    /** A child as its supervisor shows it. */
    record Row(
            String id,
            String state,
            int attempt,
            @Nullable String lastFailure,
            @Nullable String startsIn) {}

    /** A body that waits for its next order, or for its end. */
    Workflow<@Nullable Void, String> work() {
        return Workflow.named(
                "ward",
                (scope, _) -> {
                    began.add(scope.info());
                    scope.ready();
                    return switch (of(scope.info().path()).take()) {
                        case Order.Complete(var result) -> result;
                        case Order.Fail(var failure) -> throw new SkeinException(failure);
                    };
                });
    }

    /** What a child from a template is given. */
    record Job(String name) {}

    /** As {@link #work()}, for a template. */
    Workflow<Job, String> taking() {
        return Workflow.named("ward", (scope, _) -> work().run(scope, null));
    }

    private BlockingQueue<Order> of(String path) {
        return orders.computeIfAbsent(path, _ -> new LinkedBlockingQueue<>());
    }

    void complete(String path) {
        of(path).add(new Order.Complete("done"));
    }

    void fail(String path) {
        fail(path, "it broke");
    }

    void fail(String path, String reason) {
        fail(path, new RunFailure.Failed(reason, "", false));
    }

    void fail(String path, Failure failure) {
        of(path).add(new Order.Fail(failure));
    }

    /** What each incarnation of that child knew of itself. */
    List<RunInfo> began(String path) {
        return began.stream().filter(info -> info.path().equals(path)).toList();
    }

    /** The live run at that path below the root, which is the first name of the path. */
    static RunHandle<?> at(RunHandle<?> root, String path) {
        RunHandle<?> run = root;
        var names = path.split("/", -1);
        for (int i = 1; i < names.length; i++) run = child(run, names[i]);
        return run;
    }

    /** It is listed a moment after its start is in the journal. */
    private static RunHandle<?> child(RunHandle<?> above, String name) {
        long until = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < until) {
            var child = above.children().get(name);
            if (child != null) return child;
            Thread.onSpinWait();
        }
        throw new AssertionError("no live " + name + " in " + above.path());
    }

    /** The child when its supervisor says that it is in that state. */
    static Row awaited(RunHandle<?> supervisor, String id, String state)
            throws InterruptedException {
        long until = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < until)
            for (var row : children(supervisor))
                if (row.id().equals(id) && row.state().equals(state)) return row;
        throw new AssertionError("no " + state + " " + id + " in " + children(supervisor));
    }

    static List<Row> children(RunHandle<?> supervisor) throws InterruptedException {
        var rows = supervisor.call("children", null, Row[].class);
        return rows == null ? List.of() : List.of(rows);
    }

    /** The code of the failure that it throws. */
    static String refused(Callable<?> work) {
        try {
            return "nothing, but " + work.call();
        } catch (SkeinException e) {
            return e.failure().code();
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** {@code +path} for a start, {@code -path how} for an end; null for all else. */
    static @Nullable String mark(Entry entry) {
        var path = entry.origin().path();
        return switch (entry.event()) {
            case RunEvent.RunStarted _ -> "+" + path;
            case RunEvent.RunEnded(var outcome, _, _, _) ->
                    "-" + path + " " + outcome.status().name().toLowerCase(Locale.ROOT);
            default -> null;
        };
    }

    /** The next so many marks; fewer if they do not come. */
    static List<String> next(EventReader reader, int count) throws InterruptedException {
        var marks = new ArrayList<String>();
        while (marks.size() < count) {
            var entry = reader.next(LONG);
            if (entry.isEmpty()) return marks;
            var mark = mark(entry.get());
            if (mark != null) marks.add(mark);
        }
        return marks;
    }

    /** All that are left until the run has ended. */
    static List<String> rest(EventReader reader) {
        var marks = new ArrayList<String>();
        for (var entry : reader) {
            var mark = mark(entry);
            if (mark != null) marks.add(mark);
        }
        return marks;
    }
}
