package dev.skein.server;

import dev.skein.agent.Agent;
import dev.skein.agent.ModelAgent;
import dev.skein.event.EventReader;
import dev.skein.event.SessionState;
import dev.skein.machine.ExecResult;
import dev.skein.machine.Machine;
import dev.skein.policy.Watch;
import dev.skein.runtime.AgentSession;
import dev.skein.tool.ContextHandler;
import dev.skein.tool.Handler;
import dev.skein.tool.Tool;
import dev.skein.tool.Toolset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session that notes what it is sent. */
final class FakeSession implements AgentSession {
    private final String path;
    private final Delivery delivery;
    private final List<String> sent = new CopyOnWriteArrayList<>();

    FakeSession(String path, Delivery delivery) {
        this.path = path;
        this.delivery = delivery;
    }

    /** Mode and text of each message. */
    List<String> sent() {
        return sent;
    }

    @Override
    public Sent send(String text, Mode mode) {
        sent.add(mode + " " + text);
        return new Sent() {
            @Override
            public String id() {
                return "m1";
            }

            @Override
            public Delivery delivery() {
                return delivery;
            }

            @Override
            public boolean await(Delivery at, Duration limit) {
                return delivery != Delivery.DROPPED && delivery.compareTo(at) >= 0;
            }
        };
    }

    @Override
    public Optional<Machine> machine() {
        return Optional.empty();
    }

    @Override
    public ExecResult exec(String command, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Agent<?> agent() {
        return ModelAgent.of(name());
    }

    @Override
    public SessionState state() {
        return SessionState.IDLE;
    }

    @Override
    public <T> T ask(String text, Class<T> type, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <A> void on(String tool, String words, Class<A> arguments, Handler<A> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <A> void on(String tool, String words, Class<A> arguments, ContextHandler<A> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void on(Tool tool) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void on(Toolset tools) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void off(String tool) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path workspace() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void watch(Watch watch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void interrupt(String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EventReader events(long afterSeq) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
