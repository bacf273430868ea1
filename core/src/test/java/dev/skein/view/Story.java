package dev.skein.view;

import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.Origin;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.event.Trace;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.Failure;
import dev.skein.json.Json;
import dev.skein.model.Usage;
import dev.skein.name.Namespace;
import dev.skein.tool.TrustLevel;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Appends to a journal what the engine would. */
final class Story implements AutoCloseable {
    static final String ROOT = "7k2m9q4cxxxxxxxxxxxxxxxxxx";
    static final Json NO_ARGUMENTS = Json.object("type", "object", "properties", Json.object());

    private static final Trace TRACE = new Trace("4b".repeat(16), "0f".repeat(8));

    final Journal journal;
    final InstantSource clock;

    Story(InstantSource clock) {
        this(clock, Journal.inMemory(clock));
    }

    Story(InstantSource clock, Journal journal) {
        this.clock = clock;
        this.journal = journal;
    }

    /** A run among the others. */
    record Run(String id, @Nullable Run parent, String name, String path) {
        Origin origin() {
            return at(path);
        }

        Origin at(String place) {
            var above = parent;
            return new Origin(
                    id,
                    above == null ? id : above.origin().root(),
                    above == null ? null : above.id,
                    name,
                    Namespace.standard(),
                    place,
                    TRACE);
        }
    }

    Entry append(Origin origin, Event event) {
        try {
            return journal.append(origin, event);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Entry tell(Run run, Event event) {
        return append(run.origin(), event);
    }

    Ref text(Run run, String mediaType, String text) {
        try {
            return journal.keep(run.id(), mediaType, text);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The root, a workflow. */
    Run root(String id, String name) {
        return started(new Run(id, null, name, name), "workflow", 1);
    }

    Run child(Run parent, String id, String name) {
        return started(new Run(id, parent, "run-task", parent.path() + "/" + name), "workflow", 1);
    }

    Run started(Run run, String backend, int attempt) {
        tell(
                run,
                new RunEvent.RunSubmitted(
                        run.name(), text(run, "application/json", "null"), null, null));
        tell(run, new RunEvent.RunStarted(backend, attempt, TrustLevel.MEDIUM));
        return run;
    }

    Entry completed(Run run, String output) {
        var value = text(run, "application/json", output);
        return ended(run, new RunEvent.Outcome(RunStatus.COMPLETED, value, null, null, null));
    }

    Entry failed(Run run, Failure failure) {
        return ended(run, new RunEvent.Outcome(RunStatus.FAILED, null, failure, null, null));
    }

    Entry ended(Run run, RunEvent.Outcome outcome) {
        return tell(run, new RunEvent.RunEnded(outcome, Usage.none(), 0, Duration.ofMillis(7)));
    }

    /** The path of a session that is ready. */
    String session(Run owner, String name) {
        return session(owner, name, 1);
    }

    String session(Run owner, String name, int incarnation) {
        var path = owner.path() + "/" + name;
        append(owner.at(path), new SessionEvent.SessionOpened(name, "agent-" + name, incarnation));
        change(owner, path, SessionState.STARTING, SessionState.IDLE);
        return path;
    }

    Entry change(Run owner, String path, SessionState from, SessionState to) {
        return append(owner.at(path), new SessionEvent.SessionChanged(from, to, null));
    }

    /** A run by which the agent of a session takes a turn. */
    Run turn(Run owner, String id, String path) {
        return started(new Run(id, owner, "agent", path), "local", 1);
    }

    Entry exposed(Run run, String name) {
        return tell(run, new WorkflowEvent.EndpointExposed(name, "Does it.", NO_ARGUMENTS, false));
    }

    @Override
    public void close() {
        journal.close();
    }
}
