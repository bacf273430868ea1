package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.model.Usage;
import dev.skein.testkit.Draft.Bit;
import dev.skein.testkit.Seen.Said;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of {@code /chat/completions}, which OpenAI made and many took over. */
final class ChatCompletions {
    /** Replies are dated by a fixed moment, so that the same seed gives the same bytes. */
    static final long CREATED = 1_767_225_600;

    private ChatCompletions() {}

    static Ask read(Json body) {
        var said = new ArrayList<Said>();
        for (var message : body.get("messages").items()) {
            said.add(said(message));
        }
        Json format = body.get("response_format").path("/json_schema/schema");
        return new Ask(
                body.get("model").text(),
                body.get("stream").asBoolean(false),
                said,
                offers(body),
                format,
                body);
    }

    private static Said said(Json message) {
        String role = message.get("role").text();
        String text = text(message.get("content"));
        if (role.equals("tool")) {
            return Said.result(message.get("tool_call_id").text(), text);
        }
        var calls = new ArrayList<Piece.Call>();
        for (var call : message.get("tool_calls").items()) {
            Json function = call.get("function");
            calls.add(
                    new Piece.Call(
                            call.get("id").text(),
                            function.get("name").text(),
                            tolerant(function.get("arguments"))));
        }
        return calls.isEmpty()
                ? Said.of(role.equals("developer") ? "system" : role, text)
                : new Said(role, text, calls, null);
    }

    static List<Ask.Offer> offers(Json body) {
        var offers = new ArrayList<Ask.Offer>();
        for (var tool : body.get("tools").items()) {
            Json function = tool.get("function");
            offers.add(
                    new Ask.Offer(
                            function.get("name").text(),
                            function.get("description").text(),
                            function.get("parameters")));
        }
        return offers;
    }

    /** The text of a content that is a text, or a list of parts. */
    static String text(Json content) {
        if (content instanceof Json.Text(var text)) {
            return text;
        }
        var all = new StringBuilder();
        for (var part : content.items()) {
            all.append(part.get("text").text());
        }
        return all.toString();
    }

    /** Arguments that came as text, as JSON if they are some; else that text. */
    static Json tolerant(Json arguments) {
        return arguments instanceof Json.Text(var text) ? Arguments.orText(text) : arguments;
    }

    static Json whole(Draft draft) {
        var head = head(draft, "chat.completion");
        if (!draft.style().empty()) {
            Json choice =
                    Json.object(
                            "index",
                            0,
                            "message",
                            message(draft),
                            "logprobs",
                            null,
                            "finish_reason",
                            finish(draft.ending()));
            head = head.with("choices", List.of(choice));
        }
        Usage usage = draft.ending().usage();
        return usage == null ? head : head.with("usage", usage(usage));
    }

    private static Json message(Draft draft) {
        var calls = new ArrayList<Json>();
        for (var call : draft.calls()) {
            calls.add(call(call));
        }
        String text = draft.text();
        var message =
                Json.object(
                        "role",
                        "assistant",
                        "content",
                        text.isEmpty() && !calls.isEmpty() ? null : text);
        if (!calls.isEmpty()) {
            message = message.with("tool_calls", calls);
        }
        return message.with("refusal", null).with("annotations", List.of());
    }

    static Json.Obj call(Bit.Call call) {
        var function = Json.object("name", call.tool(), "arguments", call.arguments());
        var json = call.id() == null ? Json.object() : Json.object("id", call.id());
        return json.with("type", "function").with("function", function);
    }

    static List<Event> stream(Draft draft) {
        boolean counted = draft.ask().body().path("/stream_options/include_usage").asBoolean(false);
        var chunks = new Chunks(draft, counted, new ArrayList<>());
        if (!draft.style().empty()) {
            chunks.answer();
        }
        Usage usage = draft.ending().usage();
        if (counted && usage != null) {
            chunks.events.add(
                    Event.of(head(draft, "chat.completion.chunk").with("usage", usage(usage))));
        }
        chunks.events.add(new Event.Word("[DONE]"));
        return chunks.events;
    }

    /**
     * The events of one answer; with {@code counted}, every one says that usage is still to come.
     */
    private record Chunks(Draft draft, boolean counted, List<Event> events) {
        void answer() {
            boolean called = !draft.calls().isEmpty();
            delta(Json.object("role", "assistant", "content", called ? null : "", "refusal", null));
            int index = 0;
            for (var bit : draft.bits()) {
                switch (bit) {
                    case Bit.Text(var text) ->
                            draft.fragments(text)
                                    .forEach(part -> delta(Json.object("content", part)));
                    case Bit.Call call -> call(call, index++);
                    case Bit.Raw(var raw) -> events.add(new Event.Framed(raw));
                    case Bit.Reasoning _ -> {}
                }
            }
            chunk(Json.object(), finish(draft.ending()));
        }

        private void call(Bit.Call call, int index) {
            var start = Json.object("index", index);
            if (call.id() != null) {
                start = start.with("id", call.id());
            }
            var function = Json.object("name", call.tool(), "arguments", "");
            calls(start.with("type", "function").with("function", function));
            int named = draft.style().stray() ? index + 7 : index;
            for (var part : draft.fragments(call.arguments())) {
                var fragment =
                        Json.object("index", named, "function", Json.object("arguments", part));
                var id = call.id() + "-" + events.size();
                calls(draft.style().changing() ? fragment.with("id", id) : fragment);
            }
        }

        private void calls(Json call) {
            delta(Json.object("tool_calls", List.of(call)));
        }

        private void delta(Json delta) {
            chunk(delta, null);
        }

        private void chunk(Json delta, @Nullable String finish) {
            var choice =
                    Json.object(
                            "index", 0, "delta", delta, "logprobs", null, "finish_reason", finish);
            var chunk = head(draft, "chat.completion.chunk").with("choices", List.of(choice));
            events.add(Event.of(counted ? chunk.with("usage", null) : chunk));
        }
    }

    private static Json.Obj head(Draft draft, String object) {
        return Json.object(
                "id",
                "chatcmpl-" + draft.id(),
                "object",
                object,
                "created",
                CREATED,
                "model",
                draft.ask().model(),
                "system_fingerprint",
                "fp_fake",
                "choices",
                List.of());
    }

    static Json.Obj usage(Usage usage) {
        return Json.object(
                "prompt_tokens", usage.input(),
                "completion_tokens", usage.output(),
                "total_tokens", usage.total(),
                "prompt_tokens_details",
                        Json.object("cached_tokens", usage.cacheRead(), "audio_tokens", 0),
                "completion_tokens_details",
                        Json.object("reasoning_tokens", usage.reasoning(), "audio_tokens", 0));
    }

    static String finish(Draft.Ending ending) {
        return ending.wordOr(
                switch (ending.finish()) {
                    case STOP -> "stop";
                    case TOOLS -> "tool_calls";
                    case LENGTH -> "length";
                    case REFUSED -> "content_filter";
                    case OTHER -> "function_call";
                });
    }
}
