package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.event.EventReader;
import dev.skein.event.SessionState;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.machine.ExecResult;
import dev.skein.machine.Machine;
import dev.skein.policy.Watch;
import dev.skein.tool.ContextHandler;
import dev.skein.tool.Handler;
import dev.skein.tool.Tool;
import dev.skein.tool.Toolset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A session as those see it who do not own it: to talk to, not to change. */
record Lent(LiveSession session) implements AgentSession {
    /** The session itself. */
    static LiveSession live(AgentSession session) {
        return switch (session) {
            case LiveSession live -> live;
            case Lent(var live) -> live;
            default ->
                    throw new IllegalArgumentException(
                            "a session that is not of a runtime: " + session);
        };
    }

    @Override
    public String name() {
        return session.name();
    }

    @Override
    public String path() {
        return session.path();
    }

    @Override
    public Agent<?> agent() {
        return session.agent();
    }

    @Override
    public SessionState state() {
        return session.state();
    }

    @Override
    public Sent send(String text, Mode mode) {
        return session.send(text, mode);
    }

    @Override
    public <T> T ask(String text, Class<T> type, Duration limit) throws InterruptedException {
        return session.ask(text, type, limit);
    }

    @Override
    public <A> void on(String tool, String description, Class<A> arguments, Handler<A> handler) {
        throw notTheOwner("on");
    }

    @Override
    public <A> void on(
            String tool, String description, Class<A> arguments, ContextHandler<A> handler) {
        throw notTheOwner("on");
    }

    @Override
    public void on(Tool tool) {
        throw notTheOwner("on");
    }

    @Override
    public void on(Toolset tools) {
        throw notTheOwner("on");
    }

    @Override
    public void off(String tool) {
        throw notTheOwner("off");
    }

    @Override
    public void watch(Watch watch) {
        throw notTheOwner("watch");
    }

    @Override
    public void interrupt(String reason) {
        session.interrupt(reason);
    }

    @Override
    public EventReader events(long afterSeq) {
        return session.events(afterSeq);
    }

    @Override
    public Optional<Machine> machine() {
        return session.machine();
    }

    @Override
    public ExecResult exec(String command, Duration limit) throws InterruptedException {
        return session.exec(command, limit);
    }

    @Override
    public Path workspace() {
        return session.workspace();
    }

    @Override
    public void close() {
        throw notTheOwner("close");
    }

    private SkeinException notTheOwner(String what) {
        return new SkeinException(
                new Invalid.Call(
                        "'" + what + "' belongs to the scope that opened " + session.path() + ".",
                        "Call it there."));
    }
}
