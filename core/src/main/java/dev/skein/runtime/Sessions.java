package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.HarnessAgent;
import dev.skein.agent.ModelAgent;
import dev.skein.event.Origin;
import dev.skein.event.SessionState;
import dev.skein.failure.Conflict;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.name.Namespace;
import dev.skein.policy.Timekeeper;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The live sessions of a scope. */
final class Sessions {
    private static final int MOST = 256;

    /** Threads wait by it, whatever clock the runtime has. */
    private static final Timekeeper REAL = Timekeeper.system();

    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final LiveScope scope;
    private final Names names;
    private final AtomicLong order = new AtomicLong();
    private final Map<Long, LiveSession> live = new ConcurrentSkipListMap<>();

    /** What a session is made of. */
    record Opened(
            String name,
            Agent<?> agent,
            AgentSession.Options options,
            int incarnation,
            SessionKey key,
            SessionStore store,
            SessionMachine machine) {
        /** Of its facts, below that of its run. */
        Origin origin(Origin above) {
            return new Origin(
                    above.run(),
                    above.root(),
                    above.parent(),
                    agent.name(),
                    above.namespace(),
                    above.path() + "/" + name,
                    above.trace());
        }
    }

    Sessions(LiveScope scope, Names names) {
        this.scope = scope;
        this.names = names;
    }

    /** Blocks until the agent can receive; of one that cannot nothing is left. */
    LiveSession open(String name, Agent<?> agent, AgentSession.Options options)
            throws InterruptedException {
        scope.door().check();
        if (live.size() >= MOST)
            throw new SkeinException(
                    new Limit.Load("sessions of " + scope.run().origin().path(), MOST));
        int incarnation = names.take(name);
        try {
            ready(agent);
            var namespace = namespace(options);
            var key = namespace == null ? key(name, incarnation) : new SessionKey(namespace, name);
            var store = namespace == null ? scope.engine().privates() : scope.engine().sessions();
            var machine = SessionMachine.of(scope, options);
            try {
                var opened = new Opened(name, agent, options, incarnation, key, store, machine);
                return isPrivate(store) ? started(opened) : claimed(opened);
            } catch (RuntimeException | InterruptedException e) {
                new Cleanup(scope.run(), scope.run().origin().path() + "/" + name)
                        .step("machine", machine::end);
                throw e;
            }
        } catch (RuntimeException | InterruptedException e) {
            names.free(name);
            throw e;
        }
    }

    private SessionKey key(String name, int incarnation) {
        return new SessionKey(Namespace.of("run", scope.run().id()), name + "~" + incarnation);
    }

    /** What opens a session may be code of others, which answers an interrupt as it likes. */
    private void ready(Agent<?> agent) throws InterruptedException {
        try {
            resolve(agent);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) throw interrupted(agent, e);
            throw e;
        }
        if (Thread.interrupted()) throw interrupted(agent, null);
    }

    private static InterruptedException interrupted(
            Agent<?> agent, @Nullable RuntimeException cause) {
        var interrupted =
                new InterruptedException("a session of '" + agent.name() + "' was being opened");
        if (cause != null) interrupted.initCause(cause);
        return interrupted;
    }

    private @Nullable Namespace namespace(AgentSession.Options options) {
        if (options.namespace() != null) return options.namespace();
        return scope.run().target() instanceof Target.OfWorkflow<?, ?> flow
                ? flow.workflow().options().namespace()
                : null;
    }

    /** Its model and its code are there, or it says now what is missing. */
    private void resolve(Agent<?> agent) throws InterruptedException {
        scope.engine().agents().of(agent);
        switch (agent) {
            case ModelAgent<?> model -> {
                var named = model.model().model();
                scope.engine()
                        .models()
                        .find(
                                named == null
                                        ? scope.engine().models().chosenForRun().model()
                                        : named);
            }
            case HarnessAgent<?> elsewhere -> scope.engine().seats().of(elsewhere);
        }
    }

    private LiveSession claimed(Opened opened) throws InterruptedException {
        var key = opened.key().text();
        if (!scope.engine().liveKeys().add(key))
            throw new SkeinException(new Conflict.Session(key, "another live session", 0));
        try {
            return started(opened);
        } catch (RuntimeException | InterruptedException e) {
            scope.engine().liveKeys().remove(key);
            throw e;
        }
    }

    private LiveSession started(Opened opened) throws InterruptedException {
        var session = new LiveSession(scope, opened);
        var seating = session.seating();
        if (seating != null) seating.start();
        try {
            return scope.door()
                    .through(() -> {
                        session.started();
                        live.put(order.incrementAndGet(), session);
                        return session;
                    });
        } catch (RuntimeException e) {
            if (seating != null) seating.end();
            throw e;
        }
    }

    /** It has ended. */
    void forget(LiveSession session) {
        if (!live.values().remove(session)) return;
        names.free(session.name());
        if (isPrivate(session.store())) session.store().delete(session.key());
        else scope.engine().liveKeys().remove(session.key().text());
    }

    @SuppressWarnings("ReferenceEquality") // whose store it is, not what is in it
    private boolean isPrivate(SessionStore store) {
        return store == scope.engine().privates();
    }

    Map<String, AgentSession> byName() {
        var named = new LinkedHashMap<String, AgentSession>();
        live.values().forEach(session -> named.put(session.name(), session));
        return named;
    }

    private List<LiveSession> newestFirst() {
        return new ArrayList<>(live.values()).reversed();
    }

    /** A person is asked, and nobody works. */
    boolean waiting() {
        boolean waiting = false;
        for (var session : live.values()) {
            var state = session.state();
            if (state == SessionState.WORKING) return false;
            waiting |= state == SessionState.WAITING;
        }
        return waiting;
    }

    String standing() {
        if (live.isEmpty()) return "it has no sessions";
        return live.values().stream()
                .limit(16)
                .map(session -> session.name() + " " + session.attention().standing())
                .collect(Collectors.joining(", "));
    }

    void interrupt() {
        for (var session : newestFirst()) session.interrupt("the workflow was stopped");
    }

    /** Lets calls under way finish for a while, which all of them share. */
    void drain() {
        long until = REAL.nanos() + DRAIN.toNanos();
        for (var session : newestFirst())
            session.drain(Duration.ofNanos(Math.max(0, until - REAL.nanos())));
    }

    /** All are told at once and awaited, newest first. */
    void close(Cleanup cleanup) {
        var all = newestFirst();
        for (var session : all) cleanup.step("session " + session.name(), session::stop);
        all.forEach(LiveSession::awaitEnd);
    }
}
