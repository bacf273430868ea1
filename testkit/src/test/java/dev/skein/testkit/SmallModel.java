package dev.skein.testkit;

import dev.skein.failure.Denied;
import dev.skein.failure.Limit;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.RuntimeFailure;
import dev.skein.failure.SkeinException;
import dev.skein.http.Proxies;
import dev.skein.http.Reply;
import dev.skein.http.ReplyStream;
import dev.skein.http.Request;
import dev.skein.http.Transport;
import dev.skein.http.TransportException;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.ProviderContext;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolSpec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** As little as it takes to speak to chat completions and to keep the contract of models. */
final class SmallModel implements ChatModel {
    private final String name;
    private final ProviderContext context;
    private final Transport transport;

    SmallModel(String name, ProviderContext context) {
        this.name = name;
        this.context = context;
        this.transport =
                context.shared(
                        Transport.class,
                        () -> Transport.open(context.limits(), Proxies.none(), context.time()));
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("small:" + name, "small", 100_000, 4_096, Set.of());
    }

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) throws InterruptedException {
        boolean streamed = !deltas.equals(DeltaListener.none());
        var reading = new SmallReading(call, name, deltas);
        var left = Duration.between(context.time().instant(), call.deadline());
        long deadline = context.time().nanos() + left.toNanos();
        try (var stream = transport.open(request(call, streamed), deadline)) {
            if (stream.status() / 100 != 2) throw refused(stream);
            if (streamed) read(stream, reading);
            else reading.whole(stream.readAll());
            return reading.reply();
        } catch (TransportException e) {
            throw broken(e);
        }
    }

    private void read(ReplyStream stream, SmallReading reading)
            throws TransportException, InterruptedException {
        var events = stream.events();
        var event = events.next();
        while (event.isPresent() && reading.event(event.get().data())) event = events.next();
        if (event.isEmpty()) throw new SkeinException(new ModelFailure.StreamBroken(name, 0, 1));
        while (events.next().isPresent()) Thread.onSpinWait();
    }

    private Request request(ModelCall call, boolean streamed) {
        var key = context.environment().variable("OPENAI_API_KEY").orElse("");
        var base = context.environment().variable("OPENAI_BASE_URL").orElse("");
        var headers = Map.of("authorization", "Bearer " + key, "content-type", "application/json");
        var uri = URI.create(base + "/chat/completions");
        return Request.post(uri, headers, body(call, streamed).toBytes());
    }

    private Json body(ModelCall call, boolean streamed) {
        var messages = new ArrayList<Json>();
        for (var message : call.messages()) add(message, messages);
        var settings = call.settings();
        var body =
                Json.object("model", name, "messages", messages)
                        .with("max_completion_tokens", settings.maxTokens());
        if (!call.tools().isEmpty())
            body = body.with("tools", call.tools().stream().map(SmallModel::tool).toList());
        if (settings.temperature() != null) body = body.with("temperature", settings.temperature());
        if (!settings.stop().isEmpty()) body = body.with("stop", settings.stop());
        return streamed
                ? body.with("stream", true)
                        .with("stream_options", Json.object("include_usage", true))
                : body;
    }

    private static void add(Message message, List<Json> messages) {
        switch (message) {
            case Message.System(var text, _) ->
                    messages.add(Json.object("role", "system", "content", text));
            case Message.User user ->
                    messages.add(Json.object("role", "user", "content", user.text()));
            case Message.Assistant(_, var calls, _, _) -> {
                var said = Json.object("role", "assistant", "content", message.text());
                var called = calls.stream().map(SmallModel::call).toList();
                messages.add(called.isEmpty() ? said : said.with("tool_calls", called));
            }
            case Message.Results(var results, _) ->
                    results.forEach(result ->
                            messages.add(
                                    Json.object("role", "tool", "tool_call_id", result.callId())
                                            .with("content", result.text())));
        }
    }

    private static Json call(ToolCall call) {
        var function = Json.object("name", call.name(), "arguments", call.arguments().canonical());
        return Json.object("id", call.id(), "type", "function", "function", function);
    }

    private static Json tool(ToolSpec spec) {
        var function =
                Json.object("name", spec.name(), "description", spec.description())
                        .with("parameters", spec.input().schema());
        return Json.object("type", "function", "function", function);
    }

    private SkeinException refused(ReplyStream stream)
            throws TransportException, InterruptedException {
        var reply = new Reply(stream.status(), stream.headers(), stream.readAll());
        var headers = reply.headers();
        var delay =
                headers.first("retry-after-ms")
                        .map(text -> Duration.ofMillis(Long.parseLong(text)))
                        .or(() -> headers.first("retry-after").map(this::delay));
        boolean spent = reply.text().contains("insufficient_quota");
        int status = reply.status();
        if (reply.text().contains("context_length_exceeded"))
            return new SkeinException(new Limit.Context(0, 0, 0, 0));
        return new SkeinException(
                switch (status) {
                    case 401, 403 -> new ModelFailure.Auth(name, status, "OPENAI_API_KEY");
                    case 402 -> new ModelFailure.Quota(name, status, "it is used up");
                    case 429 ->
                            spent
                                    ? new ModelFailure.Quota(name, status, "it is used up")
                                    : new ModelFailure.RateLimited(
                                            name, delay.orElse(Duration.ZERO), Duration.ZERO);
                    case 408, 500, 502, 503, 529 ->
                            new ModelFailure.Overloaded(name, status, "it says so");
                    default -> new ModelFailure.BadRequest(name, "status " + status);
                });
    }

    private Duration delay(String text) {
        if (text.matches("\\d+")) return Duration.ofSeconds(Long.parseLong(text));
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text);
        return Duration.between(context.time().instant(), Instant.from(date));
    }

    private SkeinException broken(TransportException e) {
        var failure =
                switch (e.kind()) {
                    case DENIED -> new Denied.Network(name, "it is out of reach");
                    case CONNECT -> new ModelFailure.Unreachable(name, "no connection");
                    case FIRST_BYTE, IDLE, DEADLINE ->
                            new ModelFailure.Timeout(name, e.kind().name(), e.waited());
                    case BROKEN -> new ModelFailure.StreamBroken(name, e.bytes(), 1);
                    case TOO_LARGE, MALFORMED -> new ModelFailure.BadReply(name, e.kind().name());
                    case CLOSED -> new RuntimeFailure.Closed();
                };
        return new SkeinException(failure, e);
    }
}
