package dev.skein.runtime;

import dev.skein.event.WorkflowEvent;
import dev.skein.failure.Denied;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.failure.Missing;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.name.NameRule;
import dev.skein.tool.Decision;
import dev.skein.tool.Sharing;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolOutput;
import dev.skein.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The functions that a scope lets others call, and the calls of them. */
final class Endpoints {
    private static final int MOST = 256;

    private final LiveScope scope;
    private final Mailbox mailbox;
    private final Waits.Busy busy;
    private final Map<String, Tool> tools = new ConcurrentSkipListMap<>();
    private final List<Consumer<Tool>> followers = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ready;

    Endpoints(LiveScope scope) {
        this.scope = scope;
        this.mailbox = new Mailbox(scope.run());
        this.busy = new Waits.Busy("endpoints of " + scope.run().origin().path());
    }

    void expose(Tool tool) {
        var spec = tool.spec();
        NameRule.checked(spec.name());
        scope.door().through(() -> put(LiveScope.patient(tool)));
    }

    private Tool put(Tool tool) {
        var spec = tool.spec();
        lock.lock();
        try {
            var key = NameRule.key(spec.name());
            if (tools.size() >= MOST && !tools.containsKey(key))
                throw new SkeinException(
                        new Limit.Load("endpoints of " + scope.run().origin().path(), MOST));
            scope.record(
                    new WorkflowEvent.EndpointExposed(
                            spec.name(),
                            spec.description(),
                            spec.input().schema(),
                            internal(tool)));
            tools.put(key, tool);
            changed.signalAll();
            followers.forEach(follower -> follower.accept(tool));
        } finally {
            lock.unlock();
        }
        return tool;
    }

    void withdraw(String name) {
        scope.door().check();
        if (tools.remove(NameRule.key(name)) != null)
            scope.record(new WorkflowEvent.EndpointWithdrawn(name));
    }

    void ready() {
        lock.lock();
        try {
            ready = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static boolean internal(Tool tool) {
        return tool.spec().labels().contains("internal");
    }

    /** Waits until it was said, or nothing will be exposed any more. */
    boolean awaitReady(Duration limit) throws InterruptedException {
        var time = scope.engine().time();
        long until = time.nanos() + limit.toNanos();
        lock.lock();
        try (var _ = scope.engine().alarms().at(until, this::wakeFinders)) {
            while (!ready && !scope.door().isShut() && until - time.nanos() > 0) changed.await();
            return ready || scope.door().isShut();
        } finally {
            lock.unlock();
        }
    }

    List<ToolSpec> specs() {
        return tools.values().stream().map(Tool::spec).toList();
    }

    /** Blocks until the call has ended; an endpoint that is not there yet is waited for. */
    <T> @Nullable T call(
            String name, @Nullable Object given, Class<T> type, @Nullable Duration limit)
            throws InterruptedException {
        var patience = scope.engine().config().stores().control().endpointWait();
        var tool = find(name, limit == null || limit.compareTo(patience) > 0 ? patience : limit);
        if (internal(tool) && Scopes.outsider()) throw missing(name);
        try {
            var result = new Call(tool, arguments(tool, given)).carryOut(limit);
            return Outcome.as(type, plain(result), "endpoint '" + name + "'");
        } catch (InterruptedException | SkeinException e) {
            throw e;
        } catch (Exception e) {
            throw new SkeinException(
                    Failures.of("Endpoint '" + name + "'", e, scope.run().id()), e);
        }
    }

    private static @Nullable Object plain(@Nullable Object result) {
        return switch (result) {
            case ToolOutput.Text(var text) -> text;
            case ToolOutput.Value(var value) -> value;
            case ToolOutput.Error(var failure) -> throw new SkeinException(failure);
            case null -> null;
            case Object other -> other;
        };
    }

    private static Json arguments(Tool tool, @Nullable Object given) {
        var json = given == null ? Json.object() : JsonType.encodeAny(given);
        if (tool.spec().input().decodeStrictly(json) instanceof Decoded.Bad<?>(var violations))
            throw new SkeinException(
                    new Invalid.Input(
                            "Arguments of endpoint '" + tool.spec().name() + "'", violations));
        return json;
    }

    /** The endpoint; until the scope is ready one that is not there is waited for. */
    Tool find(String name, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            if (tools.get(NameRule.key(name)) == null && !ready) awaitExposed(name, limit);
            if (scope.door().isShut()) throw new SkeinException(ended());
            var tool = tools.get(NameRule.key(name));
            if (tool == null) throw missing(name);
            return tool;
        } finally {
            lock.unlock();
        }
    }

    private void awaitExposed(String name, Duration limit) throws InterruptedException {
        var key = NameRule.key(name);
        var time = scope.engine().time();
        long until = time.nanos() + limit.toNanos();
        try (var _ = scope.engine().alarms().at(until, this::wakeFinders)) {
            while (!ready
                    && !scope.door().isShut()
                    && tools.get(key) == null
                    && until - time.nanos() > 0) changed.await();
        }
    }

    private SkeinException missing(String name) {
        var known =
                tools.values().stream()
                        .filter(tool -> !(internal(tool) && Scopes.outsider()))
                        .map(tool -> tool.spec().name())
                        .toList();
        return new SkeinException(new Missing.Endpoint(name, scope.run().origin().path(), known));
    }

    /** Why nothing can be called any more, with what ended the run if it failed. */
    private Failure ended() {
        return scope.door().ended();
    }

    /** One call on its way. */
    private final class Call {
        private final Tool tool;
        private final Json arguments;
        private final String id = scope.engine().ids().next();

        Call(Tool tool, Json arguments) {
            this.tool = tool;
            this.arguments = arguments;
        }

        @Nullable Object carryOut(@Nullable Duration limit) throws Exception {
            var name = tool.spec().name();
            var caller = Scopes.caller(scope.engine().runtime());
            boolean parallel = tool.spec().limits().sharing() == Sharing.ALWAYS;
            try (var _ = parallel ? none() : scope.engine().waits().enter(Scopes.busy(), busy)) {
                return mailbox.call(name, parallel, () -> recorded(caller), limit).value();
            }
        }

        private static Waits.Waiting none() {
            return () -> {};
        }

        private Returned recorded(String caller) throws Exception {
            var name = tool.spec().name();
            var run = scope.run();
            var ref = run.keep("application/json", arguments.canonical());
            scope.record(new WorkflowEvent.EndpointCalled(id, name, ref, caller));
            long start = scope.engine().time().nanos();
            try {
                permit(caller);
                var value = scope.within(() -> Scopes.serving(scope, busy, this::value)).call();
                returned(start, value, null);
                return new Returned(value);
            } catch (InterruptedException e) {
                returned(start, null, new RunFailure.Canceled(caller, "the caller left"));
                throw e;
            } catch (Exception e) {
                returned(start, null, Failures.of("Endpoint '" + name + "'", e, run.id()));
                throw e;
            }
        }

        private void permit(String caller) {
            var name = tool.spec().name();
            var policy = scope.engine().config().policies().base();
            if (policy.decide(caller, name) == Decision.DENY)
                throw new SkeinException(new Denied.Tool(name, "policy forbids it", List.of()));
        }

        private @Nullable Object value() throws Exception {
            var limit = tool.spec().limits().timeout();
            var run = scope.run();
            var deadline = scope.engine().clock().instant().plus(limit);
            var context = new CallContext(run, id, run.id() + "/" + id, deadline);
            return tool instanceof RawTool<?> raw
                    ? raw.raw(arguments, context)
                    : tool.call(arguments, context);
        }

        private void returned(long start, @Nullable Object value, @Nullable Failure failure) {
            var run = scope.run();
            var took = Duration.ofNanos(scope.engine().time().nanos() - start);
            var shown =
                    failure == null && value != null
                            ? run.keep("application/json", Shown.of(value).canonical())
                            : null;
            scope.record(
                    new WorkflowEvent.EndpointReturned(
                            id, tool.spec().name(), took, shown, failure));
        }
    }

    private record Returned(@Nullable Object value) {}

    /** Gives endpoints to a session as tools: all that are asked for, or none. */
    void attach(LiveSession session, Attach what) {
        lock.lock();
        try {
            if (scope.door().isShut()) throw new SkeinException(ended());
            var only = what.only();
            if (only != null)
                for (var name : only)
                    if (!tools.containsKey(NameRule.key(name))) throw missing(name);
            var chosen =
                    tools.values().stream()
                            .filter(tool -> only == null || only.contains(tool.spec().name()))
                            .map(tool -> attached(tool, what.prefix()))
                            .toList();
            session.give(chosen);
            if (what.later())
                followers.add(tool -> session.give(List.of(attached(tool, what.prefix()))));
            scope.run().whenEnded(_ -> session.take(chosen));
        } finally {
            lock.unlock();
        }
    }

    private Tool attached(Tool tool, String prefix) {
        return new AttachedTool(tool.spec().withName(prefix + tool.spec().name()), this, tool);
    }

    /** An endpoint as a session's tool: the call is one of the endpoint. */
    private record AttachedTool(ToolSpec spec, Endpoints endpoints, Tool endpoint) implements Tool {
        @Override
        public ToolOutput call(Json arguments, ToolContext context) throws Exception {
            var name = endpoint.spec().name();
            var result = endpoints.call(name, arguments, Object.class, null);
            return switch (result) {
                case null -> new ToolOutput.Text("done");
                case String text -> new ToolOutput.Text(text);
                case Object other -> new ToolOutput.Value(JsonType.encodeAny(other));
            };
        }
    }

    void interrupt() {
        wakeFinders();
        mailbox.interrupt();
    }

    void drain() {
        wakeFinders();
        mailbox.drain(ended());
    }

    void close() {
        mailbox.close();
    }

    private void wakeFinders() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
