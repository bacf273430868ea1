package dev.skein.view;

import dev.skein.event.RunStatus;
import dev.skein.event.SessionState;
import dev.skein.failure.Failure;
import dev.skein.json.Json;
import dev.skein.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run and all below it, as {@code skein status} shows them. It has a JSON form: {@code
 * JsonType.of(RunPicture.class)}.
 *
 * @param sessions the live ones and the last 100 that ended, in the order in which they were opened
 * @param children the live ones and the last 100 that ended; of those with the same path the newest
 * @param events the last 20 of the run and all below it, oldest first, without those that come with
 *     every call and turn
 * @param spent by the run and all below it
 */
public record RunPicture(
        Identity identity,
        Progress progress,
        List<Session> sessions,
        List<RunPicture> children,
        Surface surface,
        List<Happening> events,
        Usage spent) {
    public RunPicture {
        sessions = List.copyOf(sessions);
        children = List.copyOf(children);
        events = List.copyOf(events);
    }

    /**
     * Which run.
     *
     * @param name what it is called among its siblings
     * @param target the workflow or the agent
     * @param workflow false: it is a run of an agent
     */
    public record Identity(String id, String name, String path, String target, boolean workflow) {}

    /**
     * How far it has come.
     *
     * @param lost its program died before it had ended
     * @param attempt 1, or more if a supervisor started it again
     * @param started null: not yet
     * @param ended null: not yet
     * @param failure its own; of one that has not ended, that of the attempt before
     * @param reason of a canceled run
     */
    public record Progress(
            RunStatus status,
            boolean lost,
            int attempt,
            @Nullable Instant started,
            @Nullable Instant ended,
            @Nullable Failure failure,
            @Nullable String reason) {
        /** {@code working}, {@code failed: run.threw}, {@code lost}. */
        public String words() {
            if (lost && !status.ended()) return "lost";
            var word = status.name().toLowerCase(Locale.ROOT);
            return status == RunStatus.FAILED || status == RunStatus.REJECTED
                    ? word + (failure == null ? "" : ": " + failure.code())
                    : word;
        }

        Progress asLost() {
            return new Progress(status, true, attempt, started, ended, failure, reason);
        }
    }

    /**
     * A live conversation.
     *
     * @param path from the root run on
     * @param waiting how many messages its agent has not seen
     * @param cause of its last change of state, if that was a failure
     */
    public record Session(
            String path,
            String name,
            String agent,
            SessionState state,
            int incarnation,
            int waiting,
            @Nullable Failure cause) {}

    /**
     * What can be done with the run from outside, and what was.
     *
     * @param calls the last 10 of its endpoints, oldest first
     * @param approvals what it, or an agent of its sessions, asks a human for
     */
    public record Surface(
            List<Connection> connections,
            List<Endpoint> endpoints,
            List<Call> calls,
            List<Approval> approvals) {
        public Surface {
            connections = List.copyOf(connections);
            endpoints = List.copyOf(endpoints);
            calls = List.copyOf(calls);
            approvals = List.copyOf(approvals);
        }
    }

    /** Paths of two sessions, of which the first may message the second. */
    public record Connection(String from, String to) {}

    /**
     * A function that can be called by name.
     *
     * @param signature as {@link Signature} writes it
     * @param internal not to be shown or called from outside the program
     */
    public record Endpoint(
            String name, String signature, String description, Json schema, boolean internal) {}

    /**
     * A call of an endpoint.
     *
     * @param arguments JSON, as they were given; empty if they are gone
     * @param took null: it has not returned
     * @param failure of one that failed
     */
    public record Call(
            Instant at,
            String call,
            String endpoint,
            String arguments,
            String caller,
            @Nullable Duration took,
            @Nullable Failure failure) {
        Call returned(Duration took, @Nullable Failure failure) {
            return new Call(at, call, endpoint, arguments, caller, took, failure);
        }
    }

    /**
     * A question to a human.
     *
     * @param run whose call it is
     * @param path of that run
     * @param arguments JSON, as they were given; empty if they are gone
     */
    public record Approval(
            String id,
            String run,
            String path,
            String tool,
            String arguments,
            List<String> reasons,
            Instant asked) {
        public Approval {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * An entry in brief.
     *
     * @param seq its number in the journal
     * @param number its number in its run
     */
    public record Happening(
            long seq, long number, Instant at, String path, String type, String text) {}

    /** The run of that path, this one or one below. */
    public Optional<RunPicture> find(String path) {
        if (identity.path().equals(path)) return Optional.of(this);
        return children.stream().flatMap(child -> child.find(path).stream()).findFirst();
    }

    /** The same after its program died: what had not ended is lost. */
    public RunPicture asLost() {
        return new RunPicture(
                identity,
                progress.asLost(),
                sessions,
                children.stream().map(RunPicture::asLost).toList(),
                surface,
                events,
                spent);
    }
}
