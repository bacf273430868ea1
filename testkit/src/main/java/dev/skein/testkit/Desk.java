package dev.skein.testkit;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Usage;
import dev.skein.testkit.loop.Answer;
import dev.skein.testkit.loop.HttpRequest;
import dev.skein.testkit.loop.Step;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of one wire are answered: told what to do by tests, at work on the loop's
 * thread.
 */
final class Desk {
    /** A request that could be read. */
    private record Visit(Seen seen, Ask ask, Dispatch dispatch) {}

    private final Dialect dialect;
    private final FakeProvider provider;
    private final FaultPlan faults = new FaultPlan();
    private final PromptCache cache;
    private final AtomicReference<Script> script = new AtomicReference<>(new Script.Usual());
    private final Map<Boolean, Answer> prebuilt = new HashMap<>();
    private @Nullable Reply prebuiltOf;
    private volatile boolean lenient;
    private volatile long contextTokens;
    private int requests;

    Desk(Dialect dialect, FakeProvider provider) {
        this.dialect = dialect;
        this.provider = provider;
        cache = new PromptCache(dialect.caching());
        contextTokens = dialect.contextTokens();
    }

    Dialect dialect() {
        return dialect;
    }

    FaultPlan faults() {
        return faults;
    }

    void add(Reply reply) {
        var current =
                script.updateAndGet(
                        now -> now instanceof Script.Listed ? now : new Script.Listed());
        if (current instanceof Script.Listed listed) {
            listed.add(reply);
        }
    }

    void use(Script other) {
        script.set(other);
    }

    void lenient() {
        lenient = true;
    }

    void contextTokens(long tokens) {
        contextTokens = tokens;
    }

    URI address() {
        return URI.create(provider.origin() + dialect.base());
    }

    List<Seen> seen() {
        return provider.seen().stream().filter(s -> s.wire().equals(dialect.wire())).toList();
    }

    /** The answer to a POST of that path, which is without the wire's base. */
    Answer answer(HttpRequest request, String path) {
        int number = ++requests;
        var books = provider.books();
        books.asked();
        if (lenient
                && faults.isEmpty()
                && !books.isRecording()
                && script.get() instanceof Script.Always(var reply)) {
            return prebuilt(request, reply);
        }
        var met = new ArrayList<>(faults.of(number));
        met.removeIf(fault -> fault instanceof Fault.CloseKept && request.turn() == 1);
        var dispatch = new Dispatch(books, provider.pace(), met);
        Json body;
        try {
            body = Json.parse(request.body());
        } catch (SkeinException e) {
            return refuse(
                    dispatch, dialect.problem(400, "The body is not JSON: " + e.getMessage()));
        }
        var ask = dialect.read(path, body);
        var visit = new Visit(seen(request, ask, number), ask, dispatch);
        books.saw(visit.seen);
        return answer(request, visit);
    }

    private Seen seen(HttpRequest request, Ask ask, int number) {
        var envelope =
                new Seen.Envelope(
                        Keys.hide(request.target()),
                        Keys.hide(request.headers()),
                        ask.model(),
                        ask.streamed(),
                        provider.now(),
                        request.connection());
        return new Seen(dialect.wire(), number, envelope, ask.body(), ask.said());
    }

    private Answer answer(HttpRequest request, Visit visit) {
        var early = early(visit.dispatch.met());
        if (early != null) {
            return visit.dispatch.send(early, Usage.none(), Desk::nothing);
        }
        if (!lenient) {
            var limits = new Limits(provider.unknownModels(), contextTokens);
            var refusal =
                    First.of(
                            () -> dialect.unauthorized(request),
                            () -> dialect.check(visit.ask, limits));
            if (refusal != null) {
                return refuse(visit.dispatch, refusal);
            }
        }
        return reply(visit);
    }

    /** The answer of a fault that needs no reply. */
    private @Nullable Delivery early(List<Fault> met) {
        for (var fault : met) {
            if (fault instanceof Fault.Quota) {
                return Delivery.of(dialect.quota());
            }
            if (fault instanceof Fault.Status(var code, var headers, var body)) {
                var refusal = dialect.problem(code, "");
                var all = new HashMap<>(refusal.headers());
                all.putAll(headers);
                return body.isEmpty()
                        ? Delivery.of(new Refusal(code, all, refusal.body()))
                        : Delivery.of(code, headers, body);
            }
        }
        return null;
    }

    private static Answer refuse(Dispatch dispatch, Refusal refusal) {
        return dispatch.send(Delivery.of(refusal), Usage.none(), Desk::nothing);
    }

    private Answer reply(Visit visit) {
        if (visit.dispatch.met().stream().anyMatch(Fault.Huge.class::isInstance)) {
            return send(visit, Reply.text(Rendering.HUGE), Desk::nothing);
        }
        return switch (script.get()) {
            case Script.Usual() ->
                    send(
                            visit,
                            Usual.reply(visit.ask, visit.seen.number(), unique(visit)),
                            Desk::nothing);
            case Script.Always(var reply) -> send(visit, reply, Desk::nothing);
            case Script.Made(var by) -> send(visit, by.apply(visit.seen), Desk::nothing);
            case Script.Listed listed -> {
                var next = listed.left().poll();
                yield next == null
                        ? refuse(visit.dispatch, ranOut(listed, visit.seen.number()))
                        : send(visit, next, () -> listed.left().addFirst(next));
            }
        };
    }

    private Refusal ranOut(Script.Listed listed, int number) {
        String message = "The script has " + listed.steps() + " steps; call " + number + " came.";
        return new Refusal(
                500, Map.of("x-should-retry", "false"), dialect.problem(500, message).body());
    }

    private Answer send(Visit visit, Reply reply, Runnable unused) {
        var draft = Drafting.of(dialect, visit.ask, reply, unique(visit));
        var told = reply.usage();
        var usage = told != null ? told : cache.count(visit.ask, reply);
        var ended = draft.withEnding(new Draft.Ending(reply.finishOrUsual(), null, usage));
        return visit.dispatch.send(
                Rendering.of(dialect, ended, visit.dispatch.met()), usage, unused);
    }

    private String unique(Visit visit) {
        return Drafting.unique(provider.seed(), dialect.wire(), visit.seen.number());
    }

    private Answer prebuilt(HttpRequest request, Reply reply) {
        if (!reply.equals(prebuiltOf)) {
            prebuilt.clear();
            prebuiltOf = reply;
        }
        var answer =
                prebuilt.computeIfAbsent(
                        dialect.streams(request), streamed -> build(reply, streamed));
        long latency = provider.pace().nextNanos();
        return latency == 0
                ? answer
                : new Answer(
                        List.of(new Step.Pause(latency), answer.steps().getFirst()), answer.fate());
    }

    private Answer build(Reply reply, boolean streamed) {
        var told = reply.usage();
        var usage = told != null ? told : Usage.of(100, Drafting.outputTokens(reply));
        var ask = dialect.read(dialect.barestPath(streamed), Drafting.barest(streamed));
        var draft =
                Drafting.of(dialect, ask, reply, "fake00000000")
                        .withEnding(new Draft.Ending(reply.finishOrUsual(), null, usage));
        var steps = Rendering.of(dialect, draft, List.of()).steps(provider.pace().drip());
        return new Answer(steps, provider.books().fate(usage, true, Desk::nothing));
    }

    private static void nothing() {}
}
