package dev.skein.server;

import dev.skein.agent.RunResult;
import dev.skein.agent.Work;
import dev.skein.event.Cursor;
import dev.skein.event.Event;
import dev.skein.event.EventReader;
import dev.skein.event.Journal;
import dev.skein.event.Origin;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.event.Trace;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Usage;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.Attach;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RunInfo;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolSpec;
import dev.skein.tool.TrustLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A run without an engine: its entries are in a real journal, its endpoints are functions. */
final class FakeRun implements RunHandle<Json> {
    /** What an endpoint does. */
    interface Body {
        Json call(Json arguments) throws InterruptedException;
    }

    final Map<String, AgentSession> sessions = new LinkedHashMap<>();
    final Map<String, RunHandle<?>> children = new LinkedHashMap<>();
    final Map<String, Body> endpoints = new LinkedHashMap<>();
    final List<ToolSpec> specs = new ArrayList<>();
    private final Journal journal;
    private final Origin origin;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile RunStatus status = RunStatus.WORKING;

    FakeRun(Journal journal, String id, String name) throws InterruptedException {
        this.journal = journal;
        var trace = new Trace("0".repeat(32), "0".repeat(16));
        this.origin = new Origin(id, id, null, name, Namespace.standard(), name, trace);
        append(new RunEvent.RunStarted("local", 1, TrustLevel.MEDIUM));
    }

    void append(Event event) throws InterruptedException {
        journal.append(origin, event);
    }

    void expose(Tool tool, Body body) {
        specs.add(tool.spec());
        endpoints.put(tool.spec().name(), body);
    }

    void end(RunStatus how) {
        status = how;
        var outcome = new RunEvent.Outcome(how, null, null, null, null);
        try {
            append(new RunEvent.RunEnded(outcome, Usage.none(), 0, Duration.ZERO));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        ended.countDown();
    }

    @Override
    public String summary() {
        return "";
    }

    @Override
    public String id() {
        return origin.run();
    }

    @Override
    public String path() {
        return origin.path();
    }

    @Override
    public RunStatus status() {
        return status;
    }

    @Override
    public RunInfo info() {
        return new RunInfo(origin, status, 1, Instant.EPOCH, null, null, Usage.none());
    }

    @Override
    public EventReader treeEvents(long afterSeq) {
        return journal.read(new Cursor.OfTree(id(), afterSeq));
    }

    @Override
    public <T> @Nullable T call(String endpoint, @Nullable Object arguments, Class<T> type)
            throws InterruptedException {
        var body = endpoints.get(endpoint);
        if (body == null)
            throw new SkeinException(
                    new Missing.Endpoint(endpoint, path(), List.copyOf(endpoints.keySet())));
        return type.cast(body.call(Json.of(arguments)));
    }

    @Override
    public List<ToolSpec> endpoints() {
        return specs;
    }

    @Override
    public Map<String, AgentSession> sessions() {
        return sessions;
    }

    @Override
    public Map<String, RunHandle<?>> children() {
        return children;
    }

    @Override
    public void cancel(String reason) {
        end(RunStatus.CANCELED);
    }

    @Override
    public RunResult<Json> result() throws InterruptedException {
        ended.await();
        return new RunResult.Canceled<>("", Work.none(id()));
    }

    @Override
    public Json await() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Json await(Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EventReader events(long afterNumber) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EventReader newEvents() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> @Nullable T call(
            String endpoint, @Nullable Object arguments, Class<T> type, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void attach(AgentSession session, Attach what) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RunResult<Json> stop(String reason, Duration limit) {
        throw new UnsupportedOperationException();
    }
}
