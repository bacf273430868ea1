package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.event.Cursor;
import dev.skein.event.EventReader;
import dev.skein.event.RunStatus;
import dev.skein.failure.Limit;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.tool.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run as others may see and steer it. */
record LiveHandle<O extends @Nullable Object>(LiveRun<O> run) implements RunHandle<O> {
    static LiveRun<?> of(RunHandle<?> handle) {
        if (handle instanceof LiveHandle<?>(var run)) return run;
        throw new IllegalArgumentException("a handle that is not of a runtime: " + handle);
    }

    @Override
    public String id() {
        return run.id();
    }

    @Override
    public String path() {
        return run.origin().path();
    }

    @Override
    public RunStatus status() {
        return run.status();
    }

    @Override
    public RunInfo info() {
        return run.info();
    }

    @Override
    public String summary() {
        return run.target() instanceof Target.OfWorkflow<?, ?> flow
                ? flow.workflow().options().summary()
                : "";
    }

    @Override
    public O await() throws InterruptedException {
        return result().orThrow();
    }

    @Override
    public O await(Duration limit) throws InterruptedException {
        return within(limit).orThrow();
    }

    @Override
    public RunResult<O> result() throws InterruptedException {
        return run.result();
    }

    @Override
    public EventReader events(long afterNumber) {
        return run.engine().journal().read(new Cursor.OfRun(id(), afterNumber));
    }

    @Override
    public EventReader newEvents() {
        return events(run.engine().journal().last(id()));
    }

    @Override
    public EventReader treeEvents(long afterSeq) {
        return run.engine().journal().read(new Cursor.OfTree(id(), afterSeq));
    }

    @Override
    public <T> @Nullable T call(String endpoint, @Nullable Object arguments, Class<T> type)
            throws InterruptedException {
        return scope(endpoint).endpoints().call(endpoint, arguments, type, null);
    }

    @Override
    public <T> @Nullable T call(
            String endpoint, @Nullable Object arguments, Class<T> type, Duration limit)
            throws InterruptedException {
        Workflow.Options.positive("limit", limit);
        return scope(endpoint).endpoints().call(endpoint, arguments, type, limit);
    }

    private LiveScope scope(String endpoint) {
        var scope = run.scope();
        if (scope == null)
            throw new SkeinException(new Missing.Endpoint(endpoint, path(), List.of()));
        return scope;
    }

    @Override
    public List<ToolSpec> endpoints() {
        var scope = run.scope();
        return scope == null ? List.of() : scope.endpoints().specs();
    }

    @Override
    public void attach(AgentSession session, Attach what) {
        var scope = run.scope();
        if (scope == null) throw new SkeinException(new Missing.Endpoint("*", path(), List.of()));
        scope.endpoints().attach(Lent.live(session), what);
    }

    @Override
    public Map<String, AgentSession> sessions() {
        var all = new TreeMap<String, AgentSession>();
        gather(run, "", all);
        return all;
    }

    private static void gather(LiveRun<?> run, String prefix, Map<String, AgentSession> all) {
        var scope = run.scope();
        if (scope == null) return;
        scope.sessions()
                .forEach(
                        (name, session) -> all.put(prefix + name, new Lent((LiveSession) session)));
        scope.offspring().runs().forEach((name, child) -> gather(child, prefix + name + "/", all));
    }

    @Override
    public Map<String, RunHandle<?>> children() {
        var scope = run.scope();
        return scope == null ? Map.of() : scope.children();
    }

    @Override
    public void cancel(String reason) {
        run.cancel(Scopes.caller(run.engine().runtime()), reason);
    }

    @Override
    public RunResult<O> stop(String reason, Duration limit) throws InterruptedException {
        cancel(reason);
        return within(limit);
    }

    private RunResult<O> within(Duration limit) throws InterruptedException {
        if (!run.awaitEnd(limit)) throw new SkeinException(new Limit.Wait("run " + id(), limit));
        return run.outcome();
    }
}
