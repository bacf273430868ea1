package dev.skein.view;

import dev.skein.event.Event;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.failure.Failure;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One live session, from its entries. */
final class SessionFold {
    private final String path;
    private final RunFold owner;
    private final SessionEvent.SessionOpened opened;
    private final Set<String> waiting = new HashSet<>();
    private SessionState state = SessionState.STARTING;
    private @Nullable Failure cause;

    SessionFold(String path, RunFold owner, SessionEvent.SessionOpened opened) {
        this.path = path;
        this.owner = owner;
        this.opened = opened;
    }

    String path() {
        return path;
    }

    RunFold owner() {
        return owner;
    }

    int incarnation() {
        return opened.incarnation();
    }

    boolean live() {
        return state != SessionState.ENDED;
    }

    boolean waits() {
        return state == SessionState.WAITING;
    }

    boolean moves() {
        return switch (state) {
            case STARTING, WORKING, LOST, STOPPING -> true;
            case IDLE, WAITING, ENDED -> false;
        };
    }

    /** True if it was opened, ended, lost, or waits for somebody. */
    boolean see(Event event) {
        switch (event) {
            case SessionEvent.SessionChanged(var from, var to, var failure) -> {
                state = to;
                cause = failure;
                return from == SessionState.STARTING
                        || from == SessionState.WAITING
                        || (to != SessionState.WORKING && to != SessionState.IDLE);
            }
            case SessionEvent.MessageSent sent -> waiting.add(sent.id());
            case SessionEvent.MessageSeen(var id) -> waiting.remove(id);
            case SessionEvent.MessageDropped(var id, _) -> waiting.remove(id);
            default -> {
                return false;
            }
        }
        return false;
    }

    RunPicture.Session picture() {
        return new RunPicture.Session(
                path,
                opened.name(),
                opened.agent(),
                state,
                opened.incarnation(),
                waiting.size(),
                cause);
    }
}
