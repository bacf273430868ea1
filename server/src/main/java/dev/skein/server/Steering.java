package dev.skein.server;

import dev.skein.event.RunStatus;
import dev.skein.failure.Missing;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.AgentSession.Delivery;
import dev.skein.runtime.RunHandle;
import dev.skein.tool.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The routes that change something: messages, calls of endpoints, cancels. */
record Steering(Runs runs) {
    private static final String CALLER = "skein-caller";
    private static final Duration SHORTLY = Duration.ofSeconds(1);
    private static final Duration AT_A_TIME = Duration.ofHours(1);

    List<Route> routes() {
        return List.of(
                new Route("POST", "/v1/runs/{id}/messages", this::send),
                new Route("GET", "/v1/runs/{id}/endpoints", this::endpoints),
                new Route("POST", "/v1/runs/{id}/endpoints/{name}", this::call),
                new Route("POST", "/v1/runs/{id}/cancel", this::cancel));
    }

    private RunHandle<?> run(Call call) {
        call.query().only();
        return new RunLookup(runs).run(call);
    }

    private Reply send(Call call) throws Exception {
        var asked = Asked.of(call, "session", "text", "mode", "waitFor");
        var run = run(call);
        var session = RunLookup.session(run, asked.required("session"));
        var mode = mode(asked.optional("mode", "steer"));
        var waitFor = asked.optional("waitFor", "");
        var text = asked.required("text");
        var sent = runs.external(tag(call), () -> session.send(text, mode));
        await(sent, waitFor);
        return Reply.of(
                Json.object("messageId", sent.id(), "session", session.path())
                        .with("delivery", word(sent.delivery())));
    }

    private static AgentSession.Mode mode(String word) {
        return switch (word) {
            case "steer" -> AgentSession.Mode.STEER;
            case "follow_up" -> AgentSession.Mode.FOLLOW_UP;
            default -> throw Asked.refused("/mode", "must be steer or follow_up");
        };
    }

    /** Waits as long as is wanted; who did not say gets what is there after a second. */
    private static void await(AgentSession.Sent sent, String waitFor) throws InterruptedException {
        switch (waitFor) {
            case "" -> sent.await(Delivery.DELIVERED, SHORTLY);
            case "queued" -> {}
            case "delivered" -> awaitAll(sent, Delivery.DELIVERED);
            case "seen" -> awaitAll(sent, Delivery.SEEN);
            default -> throw Asked.refused("/waitFor", "must be queued, delivered or seen");
        }
    }

    private static void awaitAll(AgentSession.Sent sent, Delivery at) throws InterruptedException {
        // Nobody but the client decides how long that may take.
        boolean waiting = true;
        while (waiting) waiting = !sent.await(at, AT_A_TIME) && sent.delivery() != Delivery.DROPPED;
    }

    private Reply endpoints(Call call) {
        var rows =
                shown(run(call)).stream()
                        .map(spec ->
                                Json.object("name", spec.name(), "description", spec.description())
                                        .with("schema", spec.input().schema()))
                        .toList();
        return Reply.of(Json.object("rows", rows, "total", rows.size()));
    }

    private Reply call(Call call) throws Exception {
        var run = run(call);
        var name = call.part("name");
        var arguments = call.body().isNull() ? Json.object() : call.body();
        if (isHidden(run, name)) throw missing(run, name);
        try {
            var value = runs.external(tag(call), () -> run.call(name, arguments, Json.class));
            return Reply.of(Json.object("value", value));
        } catch (SkeinException e) {
            boolean own = e.failure() instanceof Missing.Endpoint gone && gone.name().equals(name);
            throw own ? missing(run, name) : e;
        }
    }

    /** Endpoints for the program alone are neither shown nor called from outside. */
    private static List<ToolSpec> shown(RunHandle<?> run) {
        return run.endpoints().stream().filter(spec -> !isInternal(spec)).toList();
    }

    private static boolean isHidden(RunHandle<?> run, String name) {
        return run.endpoints().stream()
                .anyMatch(spec -> isInternal(spec) && spec.name().equalsIgnoreCase(name));
    }

    private static boolean isInternal(ToolSpec spec) {
        return spec.labels().contains("internal");
    }

    private static SkeinException missing(RunHandle<?> run, String name) {
        var names = shown(run).stream().map(ToolSpec::name).sorted().toList();
        return new SkeinException(new Missing.Endpoint(name, run.info().agent(), names));
    }

    private Reply cancel(Call call) throws Exception {
        var asked = Asked.of(call, "reason", "path", "wait");
        var target = RunLookup.below(run(call), asked.optional("path", ""));
        var status = target.status();
        if (status.ended())
            throw new SkeinException(new RunFailure.Ended(target.path(), word(status), null));
        var reason = asked.optional("reason", "asked for from outside");
        runs.external(
                tag(call),
                () -> {
                    target.cancel(reason);
                    return target.id();
                });
        if (asked.flag("wait")) target.result();
        return Reply.of(
                Json.object("id", target.id(), "path", target.path())
                        .with("status", word(target.status())));
    }

    private static String tag(Call call) {
        var tag = call.headers().first(CALLER).orElse("http");
        if (tag.matches("[a-z0-9._-]{1,40}")) return tag;
        throw Asked.refused("Skein-Caller", "must be [a-z0-9._-]{1,40}");
    }

    private static String word(RunStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String word(Delivery delivery) {
        return delivery.name().toLowerCase(Locale.ROOT);
    }
}
