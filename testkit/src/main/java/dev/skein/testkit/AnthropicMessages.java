package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.model.Usage;
import dev.skein.testkit.Draft.Bit;
import dev.skein.testkit.Seen.Said;
import dev.skein.testkit.loop.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Anthropic's messages. */
final class AnthropicMessages implements Dialect {
    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public long contextTokens() {
        return 200_000;
    }

    @Override
    public String base() {
        return "/anthropic";
    }

    @Override
    public String key() {
        return "fake-anthropic-key";
    }

    @Override
    public boolean serves(String path) {
        return path.equals("/v1/messages");
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
        var said = new ArrayList<Said>();
        String system = ChatCompletions.text(body.get("system"));
        if (!system.isEmpty()) {
            said.add(Said.of("system", system));
        }
        for (var message : body.get("messages").items()) {
            read(message, said);
        }
        var offers = new ArrayList<Ask.Offer>();
        for (var tool : body.get("tools").items()) {
            offers.add(
                    new Ask.Offer(
                            tool.get("name").text(),
                            tool.get("description").text(),
                            tool.get("input_schema")));
        }
        Json schema = body.path("/output_config/format/schema");
        return new Ask(
                body.get("model").text(),
                body.get("stream").asBoolean(false),
                said,
                offers,
                schema,
                body);
    }

    private static void read(Json message, List<Said> said) {
        var text = new StringBuilder(message.get("content").text());
        var calls = new ArrayList<Piece.Call>();
        for (var block : message.get("content").items()) {
            switch (block.get("type").text()) {
                case "tool_result" ->
                        said.add(
                                Said.result(
                                        block.get("tool_use_id").text(),
                                        ChatCompletions.text(block.get("content"))));
                case "tool_use" ->
                        calls.add(
                                new Piece.Call(
                                        block.get("id").text(),
                                        block.get("name").text(),
                                        block.get("input")));
                default -> text.append(block.get("text").text());
            }
        }
        if (!text.isEmpty() || !calls.isEmpty()) {
            said.add(new Said(message.get("role").text(), text.toString(), calls, null));
        }
    }

    @Override
    public @Nullable Refusal unauthorized(HttpRequest request) {
        return AnthropicRules.unauthorized(request, key());
    }

    @Override
    public @Nullable Refusal check(Ask ask, Limits limits) {
        return AnthropicRules.check(ask, limits);
    }

    @Override
    public Refusal problem(int status, String message) {
        return AnthropicErrors.problem(status, message);
    }

    @Override
    public Refusal quota() {
        return AnthropicErrors.problem(402, "");
    }

    @Override
    public Event error(String type) {
        return Event.typed(
                type.isEmpty()
                        ? AnthropicErrors.body("overloaded_error", "Overloaded")
                        : AnthropicErrors.body(type, "The stream cannot go on."));
    }

    @Override
    public Optional<Event> ping() {
        return Optional.of(Event.typed(Json.object("type", "ping")));
    }

    @Override
    public PromptCache.Kind caching() {
        return PromptCache.Kind.MARKED;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("ANTHROPIC_BASE_URL", "BASE", "ANTHROPIC_API_KEY", "KEY");
    }

    @Override
    public String callId(String unique) {
        return "toolu_01" + unique;
    }

    @Override
    public Json whole(Draft draft) {
        var content = new ArrayList<Json>();
        if (!draft.style().empty()) {
            for (var bit : draft.bits()) {
                switch (bit) {
                    case Bit.Text(var text) -> content.add(text(text));
                    case Bit.Reasoning(var text) -> content.add(thinking(text, "fake-signature"));
                    case Bit.Call call ->
                            content.add(call(call, Arguments.orText(call.arguments())));
                    case Bit.Raw _ -> {}
                }
            }
        }
        var message =
                message(draft).with("content", content).with("stop_reason", stop(draft.ending()));
        Usage usage = draft.ending().usage();
        return usage == null ? message : message.with("usage", usage(usage, usage.output()));
    }

    @Override
    public List<Event> stream(Draft draft) {
        var events = new ArrayList<Event>();
        Usage usage = draft.ending().usage();
        var message =
                usage == null ? message(draft) : message(draft).with("usage", usage(usage, 1));
        events.add(Event.typed(Json.object("type", "message_start", "message", message)));
        events.add(Event.typed(Json.object("type", "ping")));
        int index = 0;
        for (var bit : draft.style().empty() ? List.<Bit>of() : draft.bits()) {
            if (bit instanceof Bit.Raw(var raw)) {
                events.add(new Event.Framed(raw));
            } else {
                block(draft, bit, index++, events);
            }
        }
        var delta = Json.object("stop_reason", stop(draft.ending()), "stop_sequence", null);
        var end = Json.object("type", "message_delta", "delta", delta);
        events.add(
                Event.typed(usage == null ? end : end.with("usage", usage(usage, usage.output()))));
        events.add(Event.typed(Json.object("type", "message_stop")));
        return events;
    }

    private static void block(Draft draft, Bit bit, int index, List<Event> events) {
        Json start =
                switch (bit) {
                    case Bit.Text _ -> text("");
                    case Bit.Reasoning _ -> thinking("", "");
                    case Bit.Call call -> call(call, Json.object());
                    case Bit.Raw _ -> Json.nothing();
                };
        events.add(
                Event.typed(
                        Json.object(
                                "type",
                                "content_block_start",
                                "index",
                                index,
                                "content_block",
                                start)));
        int named = draft.style().stray() && bit instanceof Bit.Call ? index + 7 : index;
        for (var delta : deltas(draft, bit)) {
            events.add(
                    Event.typed(
                            Json.object(
                                    "type",
                                    "content_block_delta",
                                    "index",
                                    named,
                                    "delta",
                                    delta)));
        }
        events.add(Event.typed(Json.object("type", "content_block_stop", "index", index)));
    }

    private static List<Json> deltas(Draft draft, Bit bit) {
        var deltas = new ArrayList<Json>();
        switch (bit) {
            case Bit.Text(var text) ->
                    draft.fragments(text)
                            .forEach(p -> deltas.add(Json.object("type", "text_delta", "text", p)));
            case Bit.Reasoning(var text) -> {
                draft.fragments(text)
                        .forEach(p ->
                                deltas.add(Json.object("type", "thinking_delta", "thinking", p)));
                deltas.add(Json.object("type", "signature_delta", "signature", "fake-signature"));
            }
            case Bit.Call call -> {
                // The service begins every input with an empty fragment.
                deltas.add(Json.object("type", "input_json_delta", "partial_json", ""));
                draft.fragments(call.arguments())
                        .forEach(p ->
                                deltas.add(
                                        Json.object(
                                                "type", "input_json_delta", "partial_json", p)));
            }
            case Bit.Raw _ -> {}
        }
        return deltas;
    }

    private static Json text(String text) {
        return Json.object("type", "text", "text", text);
    }

    private static Json thinking(String text, String signature) {
        return Json.object("type", "thinking", "thinking", text, "signature", signature);
    }

    private static Json call(Bit.Call call, Json input) {
        var json = Json.object("type", "tool_use");
        return (call.id() == null ? json : json.with("id", call.id()))
                .with("name", call.tool())
                .with("input", input);
    }

    private static Json.Obj message(Draft draft) {
        return Json.object(
                "id",
                "msg_01" + draft.id(),
                "type",
                "message",
                "role",
                "assistant",
                "model",
                draft.ask().model(),
                "content",
                List.of(),
                "stop_reason",
                null,
                "stop_sequence",
                null);
    }

    private static Json usage(Usage usage, long output) {
        return Json.object(
                "input_tokens",
                usage.input() - usage.cacheRead() - usage.cacheWrite(),
                "cache_creation_input_tokens",
                usage.cacheWrite(),
                "cache_read_input_tokens",
                usage.cacheRead(),
                "output_tokens",
                output,
                "service_tier",
                "standard");
    }

    private static String stop(Draft.Ending ending) {
        return ending.wordOr(
                switch (ending.finish()) {
                    case STOP -> "end_turn";
                    case TOOLS -> "tool_use";
                    case LENGTH -> "max_tokens";
                    case REFUSED -> "refusal";
                    case OTHER -> "pause_turn";
                });
    }
}
