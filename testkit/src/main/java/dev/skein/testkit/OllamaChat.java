package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.model.Finish;
import dev.skein.model.Usage;
import dev.skein.testkit.Draft.Bit;
import dev.skein.testkit.Seen.Said;
import dev.skein.testkit.loop.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ollama's {@code /api/chat}: lines of JSON unless {@code stream} is false, no key, calls without
 * ids and with whole arguments, and no word for a refusal. It cuts what is too long in silence.
 */
final class OllamaChat implements Dialect {
    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public long contextTokens() {
        return 128_000;
    }

    @Override
    public String base() {
        return "/ollama";
    }

    @Override
    public String key() {
        return "";
    }

    @Override
    public boolean serves(String path) {
        return path.equals("/api/chat");
    }

    @Override
    public Framing framing() {
        return Framing.NDJSON;
    }

    @Override
    public boolean streams(HttpRequest request) {
        return !request.hasFalse("stream");
    }

    @Override
    public Ask read(String path, Json body) {
        var said = new ArrayList<Said>();
        for (var message : body.get("messages").items()) {
            said.add(said(message));
        }
        Json format = body.get("format");
        return new Ask(
                body.get("model").text(),
                body.get("stream").asBoolean(true),
                said,
                ChatCompletions.offers(body),
                format instanceof Json.Obj ? format : Json.nothing(),
                body);
    }

    private static Said said(Json message) {
        String role = message.get("role").text();
        String text = message.get("content").text();
        if (role.equals("tool")) {
            return Said.result(message.get("tool_name").text(), text);
        }
        var calls = new ArrayList<Piece.Call>();
        for (var call : message.get("tool_calls").items()) {
            Json function = call.get("function");
            calls.add(new Piece.Call("", function.get("name").text(), function.get("arguments")));
        }
        return new Said(role, text, calls, null);
    }

    @Override
    public @Nullable Refusal unauthorized(HttpRequest request) {
        return null;
    }

    @Override
    public @Nullable Refusal check(Ask ask, Limits limits) {
        if (ask.model().isEmpty()) {
            return problem(400, "model is required");
        }
        if (limits.unknownModels().contains(ask.model())) {
            return problem(404, "model '" + ask.model() + "' not found");
        }
        for (var message : ask.body().get("messages").items()) {
            for (var call : message.get("tool_calls").items()) {
                if (!(call.path("/function/arguments") instanceof Json.Obj)) {
                    return problem(
                            400,
                            "json: cannot unmarshal string into Go struct field"
                                    + " ChatRequest.messages.tool_calls.function.arguments of type"
                                    + " api.ToolCallFunctionArguments");
                }
            }
        }
        return null;
    }

    @Override
    public Refusal problem(int status, String message) {
        return Refusal.of(
                status, Json.object("error", message.isEmpty() ? usual(status) : message));
    }

    private static String usual(int status) {
        return switch (status) {
            case 401 -> "unauthorized";
            case 404 -> "model not found";
            case 429 -> "too many requests";
            case 503 -> "server busy, please try again. maximum pending requests exceeded";
            default -> status < 500 ? "the request is not valid" : "llama runner has terminated";
        };
    }

    /** As its hosted models say it. */
    @Override
    public Refusal quota() {
        return problem(402, "you have reached your usage limit, please upgrade to continue");
    }

    @Override
    public Event error(String type) {
        return Event.of(Json.object("error", type.isEmpty() ? "an error was encountered" : type));
    }

    @Override
    public Optional<Json> look(String path) {
        var model = Json.object("name", "fake:latest", "model", "fake:latest", "size", 1);
        return path.equals("/api/tags")
                ? Optional.of(Json.object("models", List.of(model)))
                : Optional.empty();
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("OLLAMA_HOST", "BASE");
    }

    @Override
    public String callId(String unique) {
        return "";
    }

    @Override
    public Json whole(Draft draft) {
        var message = Json.object("role", "assistant", "content", draft.text());
        if (!draft.reasoning().isEmpty()) {
            message = message.with("thinking", draft.reasoning());
        }
        var calls = calls(draft);
        if (!calls.isEmpty()) {
            message = message.with("tool_calls", calls);
        }
        return last(draft, draft.style().empty() ? Json.nothing() : message);
    }

    @Override
    public List<Event> stream(Draft draft) {
        var events = new ArrayList<Event>();
        int index = 0;
        for (var bit : draft.bits()) {
            switch (bit) {
                case Bit.Text(var text) ->
                        draft.fragments(text).forEach(p -> events.add(piece(draft, says(p))));
                case Bit.Reasoning(var text) ->
                        draft.fragments(text)
                                .forEach(p ->
                                        events.add(piece(draft, says("").with("thinking", p))));
                case Bit.Call call -> {
                    if (draft.ending().finish() != Finish.LENGTH) {
                        events.add(
                                piece(
                                        draft,
                                        says("").with("tool_calls", List.of(call(index++, call)))));
                    }
                }
                case Bit.Raw(var raw) -> events.add(new Event.Framed(raw));
            }
        }
        if (draft.style().empty()) {
            events.clear();
        }
        events.add(Event.of(last(draft, says(""))));
        return events;
    }

    private static Json.Obj says(String text) {
        return Json.object("role", "assistant", "content", text);
    }

    private static Event piece(Draft draft, Json message) {
        return Event.of(head(draft).with("message", message).with("done", false));
    }

    /** A call that the limit cut off is not told. */
    private static List<Json> calls(Draft draft) {
        boolean cut = draft.ending().finish() == Finish.LENGTH;
        var calls = new ArrayList<Json>();
        for (var call : cut ? List.<Bit.Call>of() : draft.calls())
            calls.add(call(calls.size(), call));
        return calls;
    }

    private static Json call(int index, Bit.Call call) {
        var arguments = Arguments.orText(call.arguments());
        return Json.object(
                "function",
                Json.object("index", index, "name", call.tool(), "arguments", arguments));
    }

    private static Json last(Draft draft, Json message) {
        var last =
                head(draft)
                        .with("message", message)
                        .with("done", true)
                        .with("done_reason", finish(draft.ending()))
                        .with("total_duration", 5_000_000);
        Usage usage = draft.ending().usage();
        return usage == null
                ? last
                : last.with("prompt_eval_count", usage.input()).with("eval_count", usage.output());
    }

    private static Json.Obj head(Draft draft) {
        return Json.object("model", draft.ask().model(), "created_at", "2026-01-01T00:00:00Z");
    }

    private static String finish(Draft.Ending ending) {
        return ending.wordOr(
                switch (ending.finish()) {
                    case STOP, TOOLS, REFUSED -> "stop";
                    case LENGTH -> "length";
                    case OTHER -> "unload";
                });
    }
}
