package dev.skein.view;

import dev.skein.event.Entry;
import dev.skein.event.Origin;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.failure.Failure;
import dev.skein.model.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run, from its entries. What it is made of is kept by the overview. */
final class RunFold {
    private static final int EVENTS = 20;
    private static final String WORKFLOW = "workflow";

    private final Origin origin;
    private final @Nullable RunFold parent;
    private final @Nullable SessionFold turnOf;
    private final Map<String, SessionFold> sessions = new LinkedHashMap<>();
    private final Map<String, RunFold> children = new LinkedHashMap<>();
    private final SurfaceFold surface = new SurfaceFold();
    private final Newest<RunPicture.Happening> events = new Newest<>(EVENTS);
    private RunStatus status = RunStatus.SUBMITTED;
    private boolean workflow;
    private int attempt = 1;
    private @Nullable Instant started;
    private @Nullable Instant ended;
    private @Nullable Failure failure;
    private @Nullable String reason;
    private Usage spent = Usage.none();

    /**
     * A run of which nothing is known but where it belongs.
     *
     * @param turnOf the live session that it is a turn of; null: it is shown as a run
     */
    RunFold(Origin origin, @Nullable RunFold parent, @Nullable SessionFold turnOf) {
        this.origin = origin;
        this.parent = parent;
        this.turnOf = turnOf;
    }

    Origin origin() {
        return origin;
    }

    /** The run that it is shown with: itself, or the one that owns its session. */
    RunFold host() {
        return turnOf == null ? this : turnOf.owner();
    }

    @Nullable RunFold parent() {
        return parent;
    }

    boolean isTurn() {
        return turnOf != null;
    }

    boolean live() {
        return !status.ended();
    }

    Map<String, SessionFold> sessions() {
        return sessions;
    }

    /** By id. */
    Map<String, RunFold> children() {
        return children;
    }

    SurfaceFold surface() {
        return surface;
    }

    @Nullable Failure failure() {
        return failure;
    }

    /** Why the attempt before this one ended. */
    void previous(@Nullable Failure failure) {
        this.failure = failure;
    }

    void happened(RunPicture.Happening happening) {
        events.add(happening);
    }

    void spend(Usage usage) {
        spent = spent.plus(usage);
    }

    /** True if it began or ended. */
    boolean see(Entry entry) {
        return entry.event() instanceof RunEvent event && see(event, entry.at());
    }

    private boolean see(RunEvent event, Instant at) {
        switch (event) {
            case RunEvent.RunStarted(var backend, var number, _) -> {
                status = RunStatus.WORKING;
                workflow = backend.equals(WORKFLOW);
                attempt = number;
                started = at;
            }
            case RunEvent.RunEnded ended -> end(ended.outcome(), at);
            case RunEvent.RunRetried retried -> failure = retried.failure();
            case RunEvent.RunSubmitted _,
                    RunEvent.CancelRequested _,
                    RunEvent.OutcomeDecided _,
                    RunEvent.BatchStarted _,
                    RunEvent.BatchEnded _ -> {
                return false;
            }
        }
        return true;
    }

    private void end(RunEvent.Outcome outcome, Instant at) {
        status = outcome.status();
        ended = at;
        failure = outcome.failure();
        reason = outcome.reason();
    }

    /** Whether something happens in a run, or it stands still, perhaps for somebody's answer. */
    private enum Motion {
        STILL,
        WAITS,
        MOVES
    }

    /** What waits while anything else moves is not waited for yet. */
    private Motion motion() {
        if (!live()) return Motion.STILL;
        boolean waits = surface.asks();
        boolean busy = !waits;
        for (var session : sessions.values()) {
            if (session.moves()) return Motion.MOVES;
            waits |= session.waits();
            busy &= !session.live();
        }
        for (var child : children.values()) {
            var motion = child.motion();
            if (motion == Motion.MOVES) return Motion.MOVES;
            waits |= motion == Motion.WAITS;
            busy &= !child.live();
        }
        // With nothing below it that lives, it is its own code that runs.
        return waits ? Motion.WAITS : busy ? Motion.MOVES : Motion.STILL;
    }

    RunStatus status() {
        return status == RunStatus.WORKING && motion() == Motion.WAITS
                ? RunStatus.INPUT_REQUIRED
                : status;
    }

    RunPicture picture() {
        return new RunPicture(
                identity(),
                new RunPicture.Progress(status(), false, attempt, started, ended, failure, reason),
                sessions.values().stream().map(SessionFold::picture).toList(),
                childPictures(),
                surface.picture(),
                events.list(),
                spent);
    }

    RunPicture.Identity identity() {
        var path = origin.path();
        return new RunPicture.Identity(
                origin.run(),
                path.substring(path.lastIndexOf('/') + 1),
                path,
                origin.agent(),
                workflow);
    }

    private List<RunPicture> childPictures() {
        var pictures = new ArrayList<RunPicture>();
        for (var child : children.values()) pictures.add(child.picture());
        return pictures;
    }
}
