package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.model.Usage;
import dev.skein.testkit.Draft.Bit;
import dev.skein.testkit.loop.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Mistral's chat completions: OpenAI's shape with ids of nine letters and digits, whole calls in
 * streams, tokens in the chunk that has the reason, and no word for a refusal.
 */
final class MistralChat implements Dialect {
    @Override
    public String name() {
        return "mistral";
    }

    @Override
    public long contextTokens() {
        return 128_000;
    }

    @Override
    public String base() {
        return "/mistral/v1";
    }

    @Override
    public String key() {
        return "fake-mistral-key";
    }

    @Override
    public boolean serves(String path) {
        return path.equals("/chat/completions");
    }

    @Override
    public Framing framing() {
        return Framing.SSE;
    }

    @Override
    public boolean streams(HttpRequest request) {
        return request.hasTrue("stream");
    }

    @Override
    public Ask read(String path, Json body) {
        return ChatCompletions.read(body);
    }

    @Override
    public @Nullable Refusal unauthorized(HttpRequest request) {
        boolean right = request.header("authorization").orElse("").equals("Bearer " + key());
        return right ? null : Refusal.of(401, Json.object("detail", "Unauthorized"));
    }

    @Override
    public @Nullable Refusal check(Ask ask, Limits limits) {
        return MistralRules.check(ask, limits);
    }

    @Override
    public Refusal problem(int status, String message) {
        return MistralRules.problem(status, message);
    }

    @Override
    public Refusal quota() {
        return problem(402, "");
    }

    @Override
    public Event error(String type) {
        String word = type.isEmpty() ? "service_unavailable" : type;
        return Event.of(MistralRules.body("Service unavailable.", word, "3505"));
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("MISTRAL_BASE_URL", "BASE", "MISTRAL_API_KEY", "KEY");
    }

    @Override
    public String callId(String unique) {
        return unique.substring(unique.length() - 9);
    }

    @Override
    public Json whole(Draft draft) {
        var message = Json.object("role", "assistant", "content", draft.text());
        var calls = calls(draft);
        if (!calls.isEmpty()) {
            message = message.with("tool_calls", calls);
        }
        var choice =
                Json.object(
                        "index", 0, "message", message, "finish_reason", finish(draft.ending()));
        return ended(draft, "chat.completion", choice);
    }

    @Override
    public List<Event> stream(Draft draft) {
        var events = new ArrayList<Event>();
        events.add(piece(draft, Json.object("role", "assistant", "content", "")));
        for (var bit : draft.bits()) {
            switch (bit) {
                case Bit.Text(var text) ->
                        draft.fragments(text)
                                .forEach(p -> events.add(piece(draft, Json.object("content", p))));
                case Bit.Raw(var raw) -> events.add(new Event.Framed(raw));
                case Bit.Call _, Bit.Reasoning _ -> {}
            }
        }
        var calls = calls(draft);
        var delta = Json.object("content", "");
        var choice =
                Json.object(
                        "index",
                        0,
                        "delta",
                        calls.isEmpty() ? delta : delta.with("tool_calls", calls),
                        "finish_reason",
                        finish(draft.ending()));
        events.add(Event.of(ended(draft, "chat.completion.chunk", choice)));
        events.add(new Event.Word("[DONE]"));
        return events;
    }

    private static List<Json> calls(Draft draft) {
        var calls = new ArrayList<Json>();
        for (var call : draft.calls()) {
            calls.add(ChatCompletions.call(call).with("index", calls.size()));
        }
        return calls;
    }

    private static Event piece(Draft draft, Json delta) {
        var choice = Json.object("index", 0, "delta", delta, "finish_reason", null);
        return Event.of(head(draft, "chat.completion.chunk").with("choices", List.of(choice)));
    }

    private static Json ended(Draft draft, String object, Json choice) {
        var body =
                head(draft, object)
                        .with("choices", draft.style().empty() ? List.of() : List.of(choice));
        Usage usage = draft.ending().usage();
        return usage == null ? body : body.with("usage", usage(usage));
    }

    private static Json usage(Usage usage) {
        return Json.object(
                "prompt_tokens", usage.input(),
                "completion_tokens", usage.output(),
                "total_tokens", usage.total());
    }

    private static Json.Obj head(Draft draft, String object) {
        return Json.object(
                "id",
                draft.id(),
                "object",
                object,
                "created",
                ChatCompletions.CREATED,
                "model",
                draft.ask().model());
    }

    private static String finish(Draft.Ending ending) {
        return ending.wordOr(
                switch (ending.finish()) {
                    case STOP, REFUSED -> "stop";
                    case TOOLS -> "tool_calls";
                    case LENGTH -> "length";
                    case OTHER -> "error";
                });
    }
}
