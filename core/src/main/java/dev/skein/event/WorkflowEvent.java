package dev.skein.event;

import dev.skein.failure.Failure;
import dev.skein.json.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a workflow and its supervisors do. */
public sealed interface WorkflowEvent extends Event {
    /**
     * A function can be called by name; the same name again replaces it.
     *
     * @param schema of its arguments
     * @param internal not to be shown or called from outside the program
     */
    record EndpointExposed(String name, String description, Json schema, boolean internal)
            implements WorkflowEvent {}

    record EndpointWithdrawn(String name) implements WorkflowEvent {}

    /**
     * An endpoint was called.
     *
     * @param caller {@code run:} or {@code session:} and a path, or {@code external:} and a tag
     */
    record EndpointCalled(String call, String endpoint, Ref arguments, String caller)
            implements WorkflowEvent {}

    /**
     * A call of an endpoint has ended.
     *
     * @param result only of one that did not fail
     */
    record EndpointReturned(
            String call,
            String endpoint,
            Duration took,
            @Nullable Ref result,
            @Nullable Failure failure)
            implements WorkflowEvent {}

    /** Paths of two live sessions, of which the first may message the second. */
    record Connected(String from, String to) implements WorkflowEvent {}

    record Disconnected(String from, String to) implements WorkflowEvent {}

    /**
     * A workflow event of another run, seen here.
     *
     * @param run whose event it is
     * @param path of that run
     * @param number the event's number in that run
     */
    record Bubbled(@Nullable String source, String run, String path, long number)
            implements WorkflowEvent {}

    /**
     * A supervisor starts a child again.
     *
     * @param attempt the coming one; the first was 1
     * @param cause the failure that ended the last one; null: it completed, or went with a sibling
     *     that is named just before
     */
    record ChildRestarted(String child, int attempt, Duration delay, @Nullable Failure cause)
            implements WorkflowEvent {}

    /**
     * A supervisor gave up.
     *
     * @param restarts made within the period before
     * @param causes the last ones, at most 16, the newest last
     */
    record Escalated(String child, int restarts, List<Failure> causes) implements WorkflowEvent {
        public Escalated {
            causes = List.copyOf(causes);
        }
    }

    /** A watch sent its text to a session that does not go on. */
    record Nudged(String path, int count, Ref text) implements WorkflowEvent {}
}
