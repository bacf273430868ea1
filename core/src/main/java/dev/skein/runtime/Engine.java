package dev.skein.runtime;

import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.Origin;
import dev.skein.event.Ref;
import dev.skein.event.RuntimeEvent;
import dev.skein.event.Trace;
import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.machine.Processes;
import dev.skein.name.Namespace;
import dev.skein.policy.Timekeeper;
import dev.skein.session.SessionStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The parts of an open runtime, as its rooms see them. */
final class Engine {
    private final AgentRuntime runtime;
    private final RuntimeConfig config;
    private final Timekeeper time;
    private final Journal journal;
    private final SessionStore sessions;
    private final Ids ids;
    private final Alarms alarms;
    private final Account account;
    private final SpawnCaps spawns;
    private final SessionQueue queue;
    private final ModelDirectory models;
    private final AgentShelf agents;
    private final Seats seats;
    private final Origin origin;
    private final Processes processes = Processes.open();
    private final Companions companions = new Companions(processes);
    private final Waits waits = new Waits();
    private final SessionStore privates = SessionStore.inMemory();
    private final Set<String> liveKeys = ConcurrentHashMap.newKeySet();

    Engine(AgentRuntime runtime, RuntimeConfig config, Opened opened) {
        this.runtime = runtime;
        this.config = config;
        this.time = opened.time();
        this.journal = opened.journal();
        this.sessions = opened.sessions();
        this.ids = opened.ids();
        this.alarms = new Alarms(time);
        this.account = new Account("the runtime", null, config.policies().budget());
        this.spawns = new SpawnCaps(config.policies().tree());
        this.queue = new SessionQueue();
        this.models = opened.models();
        this.agents = opened.agents();
        this.seats = new Seats(config.placement());
        var trace = new Trace(ids.hex(32), ids.hex(16));
        this.origin =
                new Origin(
                        "runtime",
                        "runtime",
                        null,
                        "runtime",
                        Namespace.standard(),
                        "runtime",
                        trace);
    }

    /** What had to be opened first, each of which may fail. */
    record Opened(
            Timekeeper time,
            Journal journal,
            SessionStore sessions,
            Ids ids,
            ModelDirectory models,
            AgentShelf agents) {}

    AgentRuntime runtime() {
        return runtime;
    }

    RuntimeConfig config() {
        return config;
    }

    Timekeeper time() {
        return time;
    }

    InstantSource clock() {
        return time;
    }

    Journal journal() {
        return journal;
    }

    SessionStore sessions() {
        return sessions;
    }

    Ids ids() {
        return ids;
    }

    Alarms alarms() {
        return alarms;
    }

    Account account() {
        return account;
    }

    SpawnCaps spawns() {
        return spawns;
    }

    SessionQueue queue() {
        return queue;
    }

    ModelDirectory models() {
        return models;
    }

    Processes processes() {
        return processes;
    }

    Companions companions() {
        return companions;
    }

    Waits waits() {
        return waits;
    }

    /** Conversations that live sessions have for themselves. */
    SessionStore privates() {
        return privates;
    }

    /** Stored conversations that a live session holds. */
    Set<String> liveKeys() {
        return liveKeys;
    }

    Seats seats() {
        return seats;
    }

    AgentShelf agents() {
        return agents;
    }

    /** Closes everything in reverse order of opening; one that fails does not stop the others. */
    void close(boolean clean) {
        alarms.close();
        agents.close();
        models.close();
        new Closing("sessions").close(sessions);
        new Closing("private sessions").close(privates);
        append(runtimeOrigin(), new RuntimeEvent.RuntimeStopped(clean));
        processes.close();
        companions.close();
        new Closing("journal").close(journal);
    }

    /** Facts of the runtime itself belong to no run. */
    Origin runtimeOrigin() {
        return origin;
    }

    /** Waits; interrupt to leave. */
    void pause(Duration duration) throws InterruptedException {
        long until = time.nanos() + duration.toNanos();
        while (time.nanos() - until < 0) time.park(until);
    }

    /**
     * Appends although the thread was interrupted: the fact has happened, and the interrupt is kept
     * for who waits for it.
     */
    Entry append(Origin origin, Event event) {
        return uninterrupted(() -> journal.append(origin, event));
    }

    Ref keep(String run, String mediaType, String text) {
        return uninterrupted(() -> journal.keep(run, mediaType, text));
    }

    private interface Write<T> {
        T write() throws InterruptedException;
    }

    private static <T> T uninterrupted(Write<T> write) {
        boolean interrupted = false;
        try {
            for (int tries = 0; tries < 3; tries++) {
                try {
                    return write.write();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            throw new SkeinException(
                    new StoreFailure.Unavailable("The journal", "every append was interrupted"));
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
