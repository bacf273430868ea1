package dev.skein.view;

import dev.skein.event.BudgetEvent;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.ModelEvent;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.event.ToolEvent;
import dev.skein.event.TurnEvent;
import dev.skein.event.WorkflowEvent;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds the entries of one root run and all below it, in their order, into what {@code skein
 * status} shows. What it keeps does not grow with the number of entries. For one thread.
 *
 * <p>The runs by which an agent takes its turns in a live session are no runs of their own here:
 * they have the session's path, and belong to the run that opened the session.
 */
public final class RunOverview {
    private static final int ENDED = 100;

    private final Function<Ref, Optional<String>> content;
    private final EventText text;
    private final Map<String, RunFold> runs = new HashMap<>();
    private final Map<String, SessionFold> liveSessions = new HashMap<>();
    private final Map<RunFold, ArrayDeque<String>> endedSessions = new HashMap<>();
    private final Map<RunFold, ArrayDeque<RunFold>> endedChildren = new HashMap<>();
    private final Map<String, Set<SurfaceFold>> connected = new HashMap<>();
    private @Nullable String rootId;
    private @Nullable RunFold root;

    /**
     * Nothing seen yet.
     *
     * @param content of references, as {@code Journal.content} gives it
     */
    public RunOverview(Function<Ref, Optional<String>> content) {
        this.content = content;
        this.text = new EventText(content);
    }

    /** Takes the next entry. Those of other roots than the first are passed over. */
    public void see(Entry entry) {
        change(entry);
    }

    /** The root and all below it as they are now; empty before the first entry. */
    public Optional<RunPicture> picture() {
        return Optional.ofNullable(root).map(RunFold::picture);
    }

    /** The status of the root now. */
    RunStatus status() {
        return root == null ? RunStatus.SUBMITTED : root.status();
    }

    /** As {@link #see}; true if something began, ended, or is waited for. */
    boolean change(Entry entry) {
        if (entry.event() instanceof Event.Gap) return false;
        if (rootId == null) rootId = entry.origin().root();
        if (!entry.origin().root().equals(rootId)) return false;
        var run = run(entry);
        var host = run.host();
        boolean changed = run.see(entry) && !run.isTurn();
        changed |= session(entry, run);
        changed |= host.surface().see(entry, content);
        if (entry.event() instanceof WorkflowEvent.Connected(var from, var to))
            for (var end : List.of(from, to))
                connected.computeIfAbsent(end, _ -> new HashSet<>()).add(host.surface());
        spend(entry, host);
        happened(entry, host);
        if (entry.event() instanceof RunEvent.RunEnded) end(run);
        return changed;
    }

    private RunFold run(Entry entry) {
        var origin = entry.origin();
        var known = runs.get(origin.run());
        if (known != null) return known;
        var parent = origin.parent() == null ? null : runs.get(origin.parent());
        var session = liveSessions.get(origin.path());
        var run = new RunFold(origin, parent == null ? null : parent.host(), session);
        runs.put(origin.run(), run);
        if (origin.run().equals(rootId)) root = run;
        if (session == null && parent != null) adopt(parent.host(), run);
        return run;
    }

    /** A new child takes the place of the one that had its path. */
    private void adopt(RunFold parent, RunFold child) {
        var ended = endedChildren.get(parent);
        var path = child.origin().path();
        if (ended != null) {
            ended.stream()
                    .filter(old -> old.origin().path().equals(path))
                    .reduce((_, newer) -> newer)
                    .ifPresent(old -> {
                        ended.remove(old);
                        child.previous(old.failure());
                        forget(parent, old);
                    });
        }
        parent.children().put(child.origin().run(), child);
    }

    private boolean session(Entry entry, RunFold run) {
        var path = entry.origin().path();
        if (entry.event() instanceof SessionEvent.SessionOpened opened) {
            var session = new SessionFold(path, run, opened);
            run.sessions().remove(path);
            run.sessions().put(path, session);
            liveSessions.put(path, session);
            return true;
        }
        var session = liveSessions.get(path);
        if (session == null || !(entry.event() instanceof SessionEvent event)) return false;
        boolean changed = session.see(event);
        if (event instanceof SessionEvent.SessionChanged(_, var to, _) && to == SessionState.ENDED)
            end(session);
        return changed;
    }

    private void end(SessionFold session) {
        liveSessions.remove(session.path());
        var edges = connected.remove(session.path());
        if (edges != null) for (var surface : edges) surface.forget(session.path());
        var owner = session.owner();
        var ended = endedSessions.computeIfAbsent(owner, _ -> new ArrayDeque<>());
        ended.add(session.path());
        if (ended.size() > ENDED) {
            var oldest = owner.sessions().get(ended.poll());
            if (oldest != null && !oldest.live()) owner.sessions().remove(oldest.path());
        }
    }

    private void end(RunFold run) {
        run.host().surface().forgetApprovals(run.origin().run());
        var parent = run.parent();
        if (run.isTurn()) runs.remove(run.origin().run());
        else if (parent != null) {
            var ended = endedChildren.computeIfAbsent(parent, _ -> new ArrayDeque<>());
            ended.add(run);
            if (ended.size() > ENDED) forget(parent, ended.remove());
        }
    }

    /** With all below it. */
    private void forget(RunFold parent, RunFold child) {
        parent.children().remove(child.origin().run());
        runs.remove(child.origin().run());
        endedSessions.remove(child);
        endedChildren.remove(child);
        for (var below : child.children().values().toArray(RunFold[]::new)) forget(child, below);
    }

    private static void spend(Entry entry, RunFold host) {
        if (entry.event() instanceof ModelEvent.ModelAnswered answered)
            for (var run = host; run != null; run = run.parent()) run.spend(answered.usage());
    }

    /** What comes with every call and every turn, of which others say more. */
    private static boolean isNoise(Event event) {
        return event instanceof BudgetEvent
                || event instanceof TurnEvent
                || event instanceof ModelEvent.ModelAsked
                || event instanceof ToolEvent.ToolStarted
                || event instanceof SessionEvent.MessageAdded;
    }

    private void happened(Entry entry, RunFold host) {
        if (isNoise(entry.event())) return;
        var happening =
                new RunPicture.Happening(
                        entry.seq(),
                        entry.number(),
                        entry.at(),
                        entry.origin().path(),
                        entry.event().kind(),
                        text.of(entry.event()));
        for (var run = host; run != null; run = run.parent()) run.happened(happening);
    }
}
